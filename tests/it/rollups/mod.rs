//! What is kept of districts equals what their rows give, whatever people do and in whatever order: random operations over
//! HTTP in districts of the whole demo, several districts at once, and after each of them a recomputation of the district,
//! because the next operation would mend what one forgot.
//!
//! A quick run does [`QUICK`] operations in all. `SATUPINTU_RANDOM_OPERATIONS=10000` does as many as the requirement asks for and
//! `SATUPINTU_RANDOM_SEED` others. When a recomputation differs, the operations of that district are done again on a fresh
//! database and made fewer while the last of them still makes it differ; what is printed is the shortest list that was found.

mod acts;
mod world;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use entity::ids::DistrictId;
use satupintu::{
    db::Db,
    readiness::rebuild::{rebuild, rebuild_district},
};
use satupintu_tests::{Service, cluster::Content};

use self::{
    acts::{Act, Dice},
    world::World,
};

/// Operations of a quick run, in all districts together.
const QUICK: usize = 300;
/// Attempts for each operation that is asked for: many are refused, as people's are, and do not count.
const PATIENCE: usize = 6;
/// After so many attempts access tokens are renewed: they last for 15 minutes.
const RENEWAL: usize = 200;
/// How long a list that fails is made shorter.
const SHRINKING: Duration = Duration::from_secs(90);

/// A live pilot, one with a decree and SOPs, one with a returned document, one that has just begun.
const DISTRICTS: [&str; 4] = ["73.06", "73.02", "73.72", "73.09"];

fn setting(name: &str, otherwise: usize) -> usize {
    let asked = std::env::var(name).ok();
    asked.map_or(otherwise, |number| {
        number.parse().unwrap_or_else(|_| panic!("{name} is a number"))
    })
}

async fn service() -> Service {
    let arguments = ["--demo", "--workers=2", "--database-connections=10"];
    let service = Service::start(Content::FullDemo, &arguments).await;
    recompute(&service).await;
    service
}

/// Recomputes every district; the codes of those whose figures differed.
async fn recompute(service: &Service) -> Vec<String> {
    let (db, _) = service.job_parts().await;
    let rebuilt = rebuild(&db).await.expect("rebuild");
    assert_eq!(rebuilt.failed, 0, "every district can be judged");
    rebuilt.differed
}

/// One district with what was done in it.
struct Run {
    world: World,
    dice: Dice,
    db: Db,
    /// Everything that was tried.
    acts: Vec<Act>,
    /// The last of them made the figures differ.
    differs: bool,
}

impl Run {
    async fn open(service: &Service, code: &str, dice: Dice) -> Self {
        Self {
            world: World::open(service, code).await,
            dice,
            db: service.job_parts().await.0,
            acts: Vec::new(),
            differs: false,
        }
    }

    /// Does so many operations that are not refused, or fewer when one makes the figures differ.
    async fn go(mut self, operations: usize) -> Self {
        let district = DistrictId::for_new_district(&self.world.code).expect("a code");
        let mut accepted = 0;
        let mut attempts = 0;
        while accepted < operations && !self.differs {
            assert!(
                attempts < operations * PATIENCE,
                "{} refuses nearly everything",
                self.world.code
            );
            attempts += 1;
            if attempts % RENEWAL == 0 {
                self.world.stay_signed_in().await;
            }
            let act = self.dice.act();
            self.acts.push(act);
            if self.world.perform(&act).await {
                accepted += 1;
                self.differs = rebuild_district(&self.db, district).await.expect("rebuild");
            }
        }
        self
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_kept_equals_a_recomputation_after_random_operations() {
    let wanted = setting("SATUPINTU_RANDOM_OPERATIONS", QUICK);
    let seed = setting("SATUPINTU_RANDOM_SEED", 1);
    let service = service().await;
    let mut running = Vec::new();
    for (place, code) in DISTRICTS.into_iter().enumerate() {
        let run = Run::open(&service, code, Dice::new(seed as u64, place as u64)).await;
        running.push(tokio::spawn(run.go(wanted.div_ceil(DISTRICTS.len()))));
    }
    let mut census = BTreeMap::new();
    for run in running {
        let Run {
            world, acts, differs, ..
        } = run.await.expect("operations");
        if differs {
            let few = shrink(&world.code, acts).await;
            panic!(
                "{} differs with seed {seed}; these operations are enough:\n{few:#?}",
                world.code
            );
        }
        for (verb, count) in &world.accepted {
            *census.entry(*verb).or_insert(0_usize) += count;
        }
    }
    assert_eq!(recompute(&service).await, Vec::<String>::new());
    let done: usize = census.values().sum();
    println!("{done} operations with seed {seed}: {census:?}");
    assert!(done >= wanted);
    // A run in which hardly any way of writing got through would prove little.
    let ways = BTreeSet::from_iter(acts::THROWN).len();
    assert!(census.len() >= ways * 2 / 3, "{census:?}");
}

/// True when the figures of the district differ after these operations on a fresh database.
async fn differs(code: &str, acts: &[Act]) -> bool {
    let service = service().await;
    let mut world = World::open(&service, code).await;
    for act in acts {
        world.perform(act).await;
    }
    let differed = recompute(&service).await.iter().any(|other| other == code);
    service.stop().await;
    differed
}

/// Leaves out operations, in halves first and one by one last, as long as the rest still makes the figures differ. What
/// does not fail again alone is given back whole.
async fn shrink(code: &str, mut acts: Vec<Act>) -> Vec<Act> {
    let begun = Instant::now();
    if !differs(code, &acts).await {
        return acts;
    }
    let mut size = acts.len().div_ceil(2);
    while size > 0 && begun.elapsed() < SHRINKING {
        let mut from = 0;
        while from < acts.len() && begun.elapsed() < SHRINKING {
            let mut fewer = acts.clone();
            fewer.drain(from..(from + size).min(acts.len()));
            if differs(code, &fewer).await {
                acts = fewer;
            } else {
                from += size;
            }
        }
        size = if size == 1 { 0 } else { size.div_ceil(2) };
    }
    acts
}

/// The search for the shortest list finds what matters: a change past the service, which nothing renews.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_past_the_service_is_found_and_the_list_becomes_short() {
    let mut dice = Dice::new(5, 5);
    let mut acts: Vec<Act> = (0..9).map(|_| dice.act()).collect();
    acts.push(Act::past_the_service());
    let few = shrink("73.02", acts).await;
    assert!(few.len() <= 3 && few.contains(&Act::past_the_service()), "{few:#?}");
}
