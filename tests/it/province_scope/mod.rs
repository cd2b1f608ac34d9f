//! Jawa Tengah's reviewer and two districts of Sulawesi Selatan: by no operation of the document, with no id of theirs
//! in any parameter, does a name, a text, a file or a figure of them come out. One is being set up; the other is live and
//! publishes a package, and of it what is published does come out, where it is published and nowhere else.
//!
//! Two proofs. A marker and figures that stand nowhere else are planted in every table that holds something of the district,
//! and no answer has them, while the district's own people see them in nearly every operation that reads. And every answer
//! of a reading operation is the same before the planting and after it, so that no count and no median takes it in either.
//!
//! New operations are tried by being in the document. One whose parameters nobody said how to fill fails the test by name.

mod live;
pub mod plant;
mod probes;

use std::collections::{BTreeMap, BTreeSet};

use satupintu_tests::{
    Client, Service,
    openapi::{Operation, operations},
};
use serde_json::Value;
use tokio::task::JoinSet;

use self::probes::Probe;

/// Requests at a time.
const AT_ONCE: usize = 8;

/// Operations that read, and whose answers to the district's own people need not show what was planted, with the reason.
const TELLS_NOTHING_OF_A_DISTRICT: &[(&str, &str)] = &[
    ("count_unread_notifications", "a number of one's own"),
    ("get_audience_size", "counts of active districts and of people"),
    ("get_boundaries", "what the ministry has loaded for all"),
    ("get_boundary_topology", "what the ministry has loaded for all"),
    ("get_current_standard", "the standard is public"),
    (
        "get_district_standard_change",
        "nothing was published since the standard that counts",
    ),
    ("get_jwks", "public keys"),
    ("get_notification_preferences", "one's own wishes"),
    (
        "get_oversight_registration_letter",
        "the letter of the demo's applications is one and the same",
    ),
    ("get_package_keys", "public keys"),
    ("get_plan", "a number of the nation's"),
    ("get_region", "public facts"),
    ("get_registration", "is asked with the applicant's own token"),
    ("get_service_coverage", "counts of services"),
    ("get_staff_summary", "kecamatan and counts of people"),
    ("get_standard", "the standard is public"),
    ("get_standard_changes", "the standard is public"),
    (
        "get_standard_draft",
        "the ministry's admin alone, who is none of the insiders",
    ),
    (
        "get_standard_preview",
        "the ministry's admin alone, who is none of the insiders",
    ),
    ("get_wave", "a plan names a district by its code, which is public"),
    (
        "list_installation_audit_events",
        "the ministry's admin alone, who is none of the insiders",
    ),
    (
        "list_package_origins",
        "names of packages that another district published for all",
    ),
    ("list_package_updates", "the package has no newer version"),
    ("list_permissions", "a list of the product's"),
    ("list_regions", "public facts"),
    (
        "list_reviewers",
        "names of the province's and the nation's reviewers, none of them a member",
    ),
    ("list_sessions", "one's own sessions"),
    (
        "list_standard_impacts",
        "the ministry's admin alone, who is none of the insiders",
    ),
    ("list_standards", "the standard is public"),
    ("list_waves", "a plan names a district by its code, which is public"),
];

/// Operations that tell anybody something of a district, with the reason.
const TOLD_ON_PURPOSE: &[(&str, &str)] = &[(
    "create_registration",
    "who applies for a district that is here is told which office to ask",
)];

/// Operations that tell what a live district has published, with the marker of what it published there and the reason.
const PUBLISHES: &[(&str, &str, &str)] = &[
    (
        "compare_setup",
        live::PACKAGE,
        "one's own setup beside a published package",
    ),
    (
        "list_package_versions",
        live::PACKAGE,
        "names, authors and what is new in each",
    ),
    (
        "get_public_district",
        live::PAGE,
        "the page of a live district for families",
    ),
    (
        "list_public_districts",
        live::PAGE,
        "the name of a live district's unit",
    ),
    (
        "get_package_document",
        live::PACKAGE,
        "what a district has published is for all",
    ),
    (
        "get_package",
        live::PACKAGE,
        "its name, its author and what is new in it",
    ),
    (
        "list_packages",
        live::PACKAGE,
        "its name, its author and what is new in it",
    ),
    (
        "compare_packages",
        live::PACKAGE,
        "titles and texts of two published packages",
    ),
];

/// Operations that are not asked, with the reason.
const NOT_ASKED: &[(&str, &str)] = &[(
    "stream_notifications",
    "goes on until the token ends, and tells a number that `count_unread_notifications` tells as well",
)];

/// Operations whose answer differs from one call to the next by itself, with the reason.
const NEVER_THE_SAME: &[(&str, &str)] = &[("list_sessions", "the session was used a moment ago")];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_another_province_comes_out() {
    let arguments = ["--demo", "--workers=2", "--database-connections=10"];
    let service = Service::start(satupintu_tests::cluster::Content::FullDemo, &arguments).await;
    plant::arrange(&service).await;
    live::arrange(&service).await;
    let spy = without_cookies(&service, &service.demo_client("jateng").await);
    let insiders = plant::insiders(&service).await;
    let document = spy.get("/api/v1/openapi.json").await.expect(200).json;
    let all = operations(&document);
    let ids = plant::ids(&service).await;
    assert!(ids.len() > 40, "only {} ids", ids.len());
    let mut unknown = BTreeSet::new();
    let mut reading = Vec::new();
    let mut writing = Vec::new();
    let asked = |operation: &&Operation| !NOT_ASKED.iter().any(|(id, _)| *id == operation.id);
    for operation in all.iter().filter(asked) {
        let cursors = cursors(&insiders, operation).await;
        let probes = probes::of(&document, operation, &ids, &cursors, &mut unknown);
        if operation.method == "GET" {
            &mut reading
        } else {
            &mut writing
        }
        .extend(probes);
    }
    assert!(
        unknown.is_empty(),
        "say in probes.rs what goes into these parameters: {unknown:#?}"
    );

    let before = ask(&spy, &reading).await;
    plant::mark(&service).await;
    let after = ask(&spy, &reading).await;
    let shown_to_insiders = shown(&insiders, &reading).await;
    let written = ask(&spy, &writing).await;
    println!(
        "{} reading and {} writing requests, {} ids",
        after.len(),
        written.len(),
        ids.len()
    );

    let mut faults = Vec::new();
    let mut published = BTreeSet::new();
    for (probe, answer) in after.iter().chain(&written) {
        let is_meant = TOLD_ON_PURPOSE.iter().any(|(id, _)| *id == probe.operation);
        if answer.status >= 500 || (plant::is_told(&answer.text, &answer.json) && !is_meant) {
            faults.push(format!("{probe:?} tells:\n{}", answer.text));
        }
        let told = live::MARKERS.into_iter().filter(|marker| answer.text.contains(marker));
        for marker in told.filter(|_| !is_meant) {
            let of_operation = PUBLISHES.iter().find(|(id, ..)| *id == probe.operation);
            match of_operation.filter(|(_, meant, _)| [*meant, live::EITHER].contains(&marker)) {
                Some((id, ..)) => drop(published.insert(*id)),
                None => faults.push(format!(
                    "{probe:?} tells {marker}, which is published elsewhere:\n{}",
                    answer.text
                )),
            }
        }
    }
    let silent = PUBLISHES.iter().filter(|(id, ..)| !published.contains(id));
    faults.extend(silent.map(|(id, ..)| format!("{id} tells nothing that is published: take it from the list")));
    assert_eq!(before.len(), after.len());
    for ((probe, before), (_, after)) in before.iter().zip(&after) {
        let changes = NEVER_THE_SAME.iter().any(|(id, _)| *id == probe.operation);
        if before.comparable() != after.comparable() && !changes {
            faults.push(format!(
                "{probe:?} differs by what was planted:\n{}\n{}",
                before.text, after.text
            ));
        }
    }
    let reads = |operation: &&Operation| operation.method == "GET" && !shown_to_insiders.contains(&operation.id);
    let dumb: BTreeSet<&str> = all
        .iter()
        .filter(asked)
        .filter(reads)
        .map(|operation| operation.id.as_str())
        .collect();
    let expected: BTreeSet<&str> = TELLS_NOTHING_OF_A_DISTRICT.iter().map(|(id, _)| *id).collect();
    if dumb != expected {
        faults.push(format!(
            "even the district's own people see nothing of what was planted in {dumb:#?}, expected {expected:#?}"
        ));
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// An answer without what no two answers share.
struct Told {
    status: u16,
    text: String,
    json: Value,
}

impl Told {
    fn comparable(&self) -> (u16, Value, &str) {
        let mut json = self.json.clone();
        if let Some(fields) = json.as_object_mut() {
            fields.remove("request_id");
        }
        let text = if json.is_null() { self.text.as_str() } else { "" };
        (self.status, json, text)
    }
}

/// The same person without cookies: signing out would end the session.
fn without_cookies(service: &Service, client: &Client) -> Client {
    let mut other = service.anonymous();
    other.set_token(client.token());
    other
}

/// Sends them, those of one operation in one district after each other and several such at a time, and keeps them in
/// their order. Where a guard refused twice whatever the ids were, the rest of that operation in that district is left out:
/// the guard speaks before anything else of a request is looked at.
async fn ask(client: &Client, probes: &[Probe]) -> Vec<(Probe, Told)> {
    let mut groups: BTreeMap<(&str, &str), Vec<Probe>> = BTreeMap::new();
    for probe in probes {
        let group = groups.entry((&probe.operation, probe.district()));
        group.or_default().push(probe.clone());
    }
    let mut running = JoinSet::new();
    let mut answers = BTreeMap::new();
    for (place, group) in groups.into_values().enumerate() {
        if running.len() >= AT_ONCE {
            let (place, group) = running.join_next().await.expect("one runs").expect("answers");
            answers.insert(place, group);
        }
        let client = client.clone();
        running.spawn(async move { (place, ask_group(&client, group).await) });
    }
    while let Some(done) = running.join_next().await {
        let (place, group) = done.expect("answers");
        answers.insert(place, group);
    }
    answers.into_values().flatten().collect()
}

async fn ask_group(client: &Client, probes: Vec<Probe>) -> Vec<(Probe, Told)> {
    let mut answers = Vec::new();
    let mut refused = 0;
    for probe in probes {
        if refused == 2 {
            break;
        }
        let answer = probe.send(client).await;
        let status = answer.status.as_u16();
        let by_district = status == 404 && plant::CODES.contains(&probe.district());
        refused += usize::from(status == 403 || by_district);
        let told = Told {
            status,
            text: answer.text,
            json: answer.json,
        };
        answers.push((probe, told));
    }
    answers
}

/// The operations in whose answers these people see what was planted.
async fn shown(people: &[Client], probes: &[Probe]) -> BTreeSet<String> {
    let of_others = |probe: &&Probe| probe.district() != probes::OWN;
    let probes: Vec<Probe> = probes.iter().filter(of_others).cloned().collect();
    let mut running = JoinSet::new();
    for person in people {
        running.spawn(shown_to(person.clone(), probes.clone()));
    }
    running.join_all().await.into_iter().flatten().collect()
}

async fn shown_to(person: Client, probes: Vec<Probe>) -> BTreeSet<String> {
    let mut operations = BTreeSet::new();
    for probe in probes {
        if operations.contains(&probe.operation) {
            continue;
        }
        let answer = probe.send(&person).await;
        let is_published = live::MARKERS.iter().any(|marker| answer.text.contains(marker));
        if is_published || plant::is_told(&answer.text, &answer.json) {
            operations.insert(probe.operation);
        }
    }
    operations
}

/// Where the lists of this operation go on, for those who see them.
async fn cursors(insiders: &[Client], operation: &Operation) -> Vec<String> {
    let path = operation.path.replace("{code}", plant::CODE);
    let mut cursors = vec!["e30".to_owned()];
    if operation.method == "GET" && !path.contains('{') {
        for person in insiders {
            let page = person.get(&format!("{path}?limit=1")).await;
            cursors.extend(page.json["next_cursor"].as_str().map(str::to_owned));
        }
    }
    cursors
}
