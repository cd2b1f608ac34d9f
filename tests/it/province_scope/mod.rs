//! Jawa Tengah's reviewer and a district of Sulawesi Selatan: by no operation of the document, with no id of that district
//! in any parameter, does a name, a text, a file or a figure of it come out.
//!
//! Two proofs. A marker and figures that stand nowhere else are planted in every table that holds something of the district,
//! and no answer has them, while the district's own people see them in nearly every operation that reads. And every answer
//! of a reading operation is the same before the planting and after it, so that no count and no median takes it in either.
//!
//! New operations are tried by being in the document. One whose parameters nobody said how to fill fails the test by name.

mod plant;
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
    ("compare_packages", "what districts have published is for all"),
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
    ("get_package_document", "what a district has published is for all"),
    ("get_package_keys", "public keys"),
    ("get_plan", "a number of the nation's"),
    ("get_public_district", "the district is not live"),
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
    ("list_own_packages", "the district has published nothing"),
    (
        "list_package_origins",
        "names of packages that another district published for all",
    ),
    ("list_package_updates", "the package has no newer version"),
    ("list_permissions", "a list of the product's"),
    ("list_public_districts", "the district is not live"),
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
    for (probe, answer) in after.iter().chain(&written) {
        let is_meant = TOLD_ON_PURPOSE.iter().any(|(id, _)| *id == probe.operation);
        if answer.status >= 500 || (plant::is_told(&answer.text, &answer.json) && !is_meant) {
            faults.push(format!("{probe:?} tells:\n{}", answer.text));
        }
    }
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
    let mut groups: BTreeMap<(&str, bool), Vec<Probe>> = BTreeMap::new();
    for probe in probes {
        let own = probe.path.contains(&format!("/districts/{}", probes::OWN));
        groups.entry((&probe.operation, own)).or_default().push(probe.clone());
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
        let by_district = status == 404 && probe.path.contains(&format!("/districts/{}", plant::CODE));
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
    let mut operations = BTreeSet::new();
    for person in people {
        for probe in probes
            .iter()
            .filter(|probe| !probe.path.contains(&format!("/districts/{}", probes::OWN)))
        {
            if operations.contains(&probe.operation) {
                continue;
            }
            let answer = probe.send(person).await;
            if plant::is_told(&answer.text, &answer.json) {
                operations.insert(probe.operation.clone());
            }
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
