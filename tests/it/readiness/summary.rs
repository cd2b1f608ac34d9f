//! The summaries that oversight reads are what a recomputation gives.

use satupintu::readiness::rebuild::rebuild;
use satupintu_tests::{Answer, Client, Service, cluster::Content};
use serde_json::{Value, json};

use super::fill::{self, DISTRICT, DOCUMENTS};

/// How many random things happen; `SATUPINTU_RANDOM_OPERATIONS` asks for more than a quick run does.
fn operations() -> usize {
    let asked = std::env::var("SATUPINTU_RANDOM_OPERATIONS").ok();
    asked.map_or(80, |number| {
        number.parse().expect("SATUPINTU_RANDOM_OPERATIONS is a number")
    })
}

/// A small generator of numbers, the same ones in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % sides
    }
}

async fn summary(official: &Client) -> Value {
    let list = official
        .get("/api/v1/oversight/districts?province=73")
        .await
        .expect(200);
    let found = list
        .items()
        .iter()
        .find(|district| district["code"] == "73.02")
        .cloned();
    found.expect("Bulukumba")
}

/// What the report says in the words of the summary.
fn recomputed(report: &Value) -> Value {
    let components: Vec<Value> = report["components"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|component| {
            json!({ "component": component["component"], "claimed": component["claimed"],
                "verified": component["verified"], "complete": component["complete"] })
        })
        .collect();
    let current = &report["phase"]["current"];
    let steps = report["phase"]["steps"].as_array().cloned().unwrap_or_default();
    let since = steps
        .iter()
        .find(|step| step["phase"] == *current)
        .map(|step| step["reached_on"].clone());
    json!({
        "claimed": report["claimed"], "verified": report["verified"],
        "complete_components": report["complete_components"],
        "blockers": report["go_live"]["blockers"].as_array().map_or(0, Vec::len),
        "components": components, "phase": current, "phase_since": since, "as_of": report["as_of"],
    })
}

async fn assert_same(district: &Client, official: &Client, step: &str) {
    let expected = recomputed(&district.get(&format!("{DISTRICT}/readiness")).await.expect(200).json);
    let kept = summary(official).await;
    for (field, value) in expected.as_object().expect("object") {
        assert_eq!(&kept[field], value, "{field} after {step}");
    }
}

/// One random thing that a district or its reviewer does; what it was.
async fn something(dice: &mut Dice, admin: &Client, reviewer: &Client, shown: &mut Vec<Answer>) -> String {
    let (item, kind) = DOCUMENTS[dice.roll(DOCUMENTS.len())];
    match dice.roll(7) {
        0 | 1 => {
            let file = fill::upload(admin).await;
            shown.push(fill::show(admin, item, kind, &file).await.expect(201));
            format!("showing {item}")
        }
        2 | 3 if !shown.is_empty() => {
            let index = dice.roll(shown.len());
            let chosen = ["verified", "returned"][dice.roll(2)];
            // What is decided so already is not decided so again.
            let decision = match shown[index].json["status"].as_str() {
                Some("verified") => "returned",
                Some("returned") => "verified",
                _ => chosen,
            };
            shown[index] = fill::decide(reviewer, &shown[index], decision, "Catatan")
                .await
                .expect(200);
            format!("{decision} {}", shown[index].json["item_code"])
        }
        4 if !shown.is_empty() => {
            let evidence = shown.swap_remove(dice.roll(shown.len()));
            let path = format!("{DISTRICT}/evidence/{}", evidence.id());
            admin.delete(&path, &evidence.etag()).await.expect(204);
            format!("withdrawing {}", evidence.json["item_code"])
        }
        5 => {
            let teams = format!("{DISTRICT}/setup/institution/teams");
            let list = admin
                .get(&format!("{teams}?archived={}", ["true", "false"][dice.roll(2)]))
                .await
                .expect(200);
            let Some(team) = list.items().first() else {
                return "nothing".to_owned();
            };
            let verb = if team["archived"] == true { "restore" } else { "archive" };
            let path = format!("{teams}/{}/{verb}", team["id"].as_str().expect("id"));
            let request = admin
                .request(reqwest::Method::POST, &path)
                .header("if-match", format!("\"{}\"", team["version"]));
            satupintu_tests::client::send(request).await.expect(200);
            format!("{verb} of a team")
        }
        _ => {
            let path = format!("{DISTRICT}/readiness/{item}/progress");
            let etag = admin.get(&path).await.expect(200).etag();
            let begun = dice.roll(2) == 0;
            admin.put(&path, &etag, json!({ "begun": begun })).await.expect(200);
            format!("begun {begun} {item}")
        }
    }
}

#[tokio::test]
async fn the_summary_is_what_a_recomputation_gives() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let reviewer = service.demo_client("sulsel").await;
    fill::setup(&admin).await;
    assert_same(&admin, &reviewer, "setup").await;
    let mut dice = Dice(20_261_121);
    let mut shown = Vec::new();
    for _ in 0..operations() {
        let step = something(&mut dice, &admin, &reviewer, &mut shown).await;
        assert_same(&admin, &reviewer, &step).await;
    }
    let last = summary(&reviewer).await;
    assert!(last["verified"].as_f64().expect("score") > 0.0, "{last}");
    let (db, _) = service.job_parts().await;
    let rebuilt = rebuild(&db).await.expect("rebuild");
    assert_eq!((rebuilt.districts, rebuilt.differed, rebuilt.failed), (9, vec![], 0));
}

/// A summary that was tampered with is found and mended; the others are left alone.
#[tokio::test]
async fn a_rebuild_finds_what_differs() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    let overview = "/api/v1/oversight/overview";
    let (db, _) = service.job_parts().await;
    rebuild(&db).await.expect("rebuild");
    let right = ministry.get(overview).await.expect(200).json["districts"].clone();
    let mut database = service.database.superuser().await;
    for wrong in [
        "UPDATE readiness_summary SET expiring = 7 WHERE district_id = 7306",
        "UPDATE readiness_summary SET phase_dates = '[]', last_progress_on = '2020-01-01' WHERE district_id = 7302",
        "DELETE FROM readiness_summary WHERE district_id = 3310",
        "UPDATE public_page SET content = '{}' WHERE district_id = 3372",
    ] {
        sqlx::query(wrong).execute(&mut database).await.expect(wrong);
    }
    let rebuilt = rebuild(&db).await.expect("rebuild");
    assert_eq!(rebuilt.differed, ["33.10", "33.72", "73.02", "73.06"]);
    assert_eq!(ministry.get(overview).await.expect(200).json["districts"], right);
    assert_eq!(rebuild(&db).await.expect("rebuild").differed, Vec::<String>::new());
}

/// Writers of one district at the same moment: the last summary knows them all.
#[tokio::test]
async fn concurrent_writers_lose_nothing() {
    let service = Service::start(Content::Demo, &["--demo", "--database-connections=12"]).await;
    let admin = service.demo_client("admin.bulukumba").await;
    let reviewer = service.demo_client("sulsel").await;
    fill::setup(&admin).await;
    let file = fill::upload(&admin).await;
    for round in 1..=4 {
        let writers = DOCUMENTS.iter().map(|(item, kind)| {
            let (admin, file) = (admin.clone(), file.clone());
            tokio::spawn(async move { fill::show(&admin, item, kind, &file).await.expect(201) })
        });
        let mut shown = Vec::new();
        for writer in writers.collect::<Vec<_>>() {
            shown.push(writer.await.expect("shown"));
        }
        assert_same(&admin, &reviewer, &format!("showing, round {round}")).await;
        assert_eq!(summary(&reviewer).await["blockers"], fill::FLAGGED.len());
        let withdrawn = shown.into_iter().map(|evidence| {
            let admin = admin.clone();
            tokio::spawn(async move {
                let path = format!("{DISTRICT}/evidence/{}", evidence.id());
                admin.delete(&path, &evidence.etag()).await.expect(204);
            })
        });
        for writer in withdrawn.collect::<Vec<_>>() {
            writer.await.expect("withdrawn");
        }
        assert_same(&admin, &reviewer, &format!("withdrawing, round {round}")).await;
    }
}

#[tokio::test]
async fn officials_see_the_districts_in_reach() {
    let service = Service::demo().await;
    let codes = |list: &Answer| -> Vec<String> {
        let code = |district: &Value| district["code"].as_str().unwrap_or_default().to_owned();
        list.items().iter().map(code).collect()
    };
    let all = service
        .demo_client("pusat")
        .await
        .get("/api/v1/oversight/districts")
        .await
        .expect(200);
    assert_eq!(
        codes(&all),
        [
            "33.10", "33.72", "35.04", "52.71", "73.02", "73.06", "73.09", "73.71", "73.72"
        ]
    );
    let jateng = service.demo_client("jateng").await;
    assert_eq!(
        codes(&jateng.get("/api/v1/oversight/districts").await.expect(200)),
        ["33.10", "33.72"]
    );
    let beyond = jateng.get("/api/v1/oversight/districts?province=73").await.expect(200);
    assert_eq!(beyond.items().len(), 0);
    let first = jateng.get("/api/v1/oversight/districts?limit=1").await.expect(200);
    let cursor = first.json["next_cursor"].as_str().expect("more");
    let second = jateng
        .get(&format!("/api/v1/oversight/districts?limit=1&cursor={cursor}"))
        .await
        .expect(200);
    assert_eq!(
        (codes(&second), &second.json["next_cursor"]),
        (vec!["33.72".to_owned()], &Value::Null)
    );
    jateng
        .get("/api/v1/oversight/districts?status=nonsense")
        .await
        .expect_field("status", "not_in_list");
    let live = service.demo_client("pusat").await;
    let live = live
        .get("/api/v1/oversight/districts?status=live&q=gowa")
        .await
        .expect(200);
    assert_eq!(codes(&live), ["73.06"]);
}
