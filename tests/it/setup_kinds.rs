//! Setup records of every kind, through the life of one: made from the document's example, read, changed, archived.

use satupintu_tests::{
    Answer, Client, Service,
    client::send,
    openapi::{example, operations},
};
use serde_json::{Value, json};

const SETUP: &str = "/api/v1/districts/73.06/setup";

/// Every kind's list, with a body that creates one, from the document.
async fn kinds(client: &Client) -> Vec<(String, Value)> {
    let document = client.get("/api/v1/openapi.json").await.expect(200).json;
    let all = operations(&document);
    let is_kind = |path: &str| all.iter().any(|other| other.path == format!("{path}/reorder"));
    let kinds: Vec<(String, Value)> = all
        .iter()
        .filter(|operation| operation.method == "POST" && is_kind(&operation.path))
        .map(|operation| {
            let schema = operation.body.clone().expect("a body");
            (operation.path.replace("{code}", "73.06"), example(&document, &schema))
        })
        .collect();
    assert_eq!(kinds.len(), satupintu::setup::KINDS.len());
    kinds
}

async fn act(client: &Client, path: &str, etag: &str) -> Answer {
    send(client.request(reqwest::Method::POST, path).header("if-match", etag)).await
}

#[tokio::test]
async fn every_kind_lives_through_its_operations() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    for (list, body) in kinds(&admin).await {
        let made = admin.post(&list, body.clone()).await.expect(201);
        let (id, etag) = (made.id(), made.etag());
        assert_eq!(
            made.json["content"], body["content"],
            "{list}: the example is kept as it is"
        );
        assert_eq!(
            (made.json["version"].as_i64(), etag.as_str()),
            (Some(1), "\"1\""),
            "{list}"
        );
        assert_eq!(
            made.json["complete"].as_bool(),
            made.json["missing"].as_array().map(Vec::is_empty),
            "{list}"
        );
        let path = format!("{list}/{id}");
        let got = admin.get(&path).await.expect(200);
        assert_eq!(got.json, made.json, "{list}");
        let listed = admin.get(&list).await.expect(200);
        assert_eq!(listed.items(), std::slice::from_ref(&got.json), "{list}");

        // The same content again makes no version; another one does.
        let same = json!({ "content": body["content"] });
        let unchanged = admin.put(&path, &etag, same).await.expect(200);
        assert_eq!(unchanged.etag(), etag, "{list}");
        let emptied = admin.put(&path, &etag, json!({ "content": {} })).await.expect(200);
        assert_eq!(emptied.json["complete"], false, "{list}");
        assert_eq!(emptied.etag(), "\"2\"", "{list}");

        // The second of two writers sees both versions.
        let stale = admin.put(&path, &etag, json!({ "content": body["content"] })).await;
        let stale = stale.expect_problem(412, "stale");
        assert_eq!(stale.json["current"], emptied.json, "{list}");
        let blind = send(
            admin
                .request(reqwest::Method::PUT, &path)
                .json(&json!({ "content": {} })),
        )
        .await;
        blind.expect_problem(428, "precondition_required");

        act(&admin, &format!("{path}/archive"), &etag)
            .await
            .expect_problem(412, "stale");
        let archived = act(&admin, &format!("{path}/archive"), "\"2\"").await.expect(200);
        assert_eq!(archived.json["archived"], true, "{list}");
        assert_eq!(admin.get(&list).await.expect(200).items().len(), 0, "{list}");
        assert_eq!(
            admin
                .get(&format!("{list}?archived=true"))
                .await
                .expect(200)
                .items()
                .len(),
            1
        );
        let refused = admin.put(&path, "\"3\"", json!({ "content": {} })).await;
        refused.expect_problem(409, "conflict");
        let restored = act(&admin, &format!("{path}/restore"), "\"3\"").await.expect(200);
        assert_eq!(restored.etag(), "\"4\"", "{list}");

        let history = admin.get(&format!("{path}/history")).await.expect(200);
        let actions: Vec<_> = history
            .items()
            .iter()
            .map(|change| change["action"].as_str().unwrap_or(""))
            .collect();
        assert_eq!(actions, ["restore", "archive", "update", "create"], "{list}");
        assert_eq!(history.items()[3]["after"], body["content"], "{list}");
        assert_eq!(history.items()[2]["before"], body["content"], "{list}");
        assert!(
            history.items()[0]["actor_name"]
                .as_str()
                .is_some_and(|name| !name.is_empty())
        );
    }
}

#[tokio::test]
async fn unknown_ids_and_wrong_kinds_do_not_exist() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let agencies = format!("{SETUP}/institution/agencies");
    let id = admin.post(&agencies, json!({ "content": {} })).await.expect(201).id();
    for path in [
        format!("{SETUP}/institution/teams/{id}"),
        format!("{SETUP}/staff/staff-members/{id}"),
        format!("{agencies}/01890000-0000-7000-8000-000000000000"),
        format!("{agencies}/x"),
        format!("{SETUP}/institution/agencies/{id}'"),
    ] {
        admin.get(&path).await.expect_problem(404, "not_found");
    }
    admin.get(&format!("{agencies}/{id}/history")).await.expect(200);
    admin
        .get(&format!("{SETUP}/institution/teams/{id}/history"))
        .await
        .expect_problem(404, "not_found");
}

#[tokio::test]
async fn a_record_made_offline_keeps_its_id_and_is_made_once() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let agencies = format!("{SETUP}/institution/agencies");
    let id = "0198a1b2-0000-7000-8000-00000000abcd";
    let body = json!({ "id": id, "content": { "name": "Dinas Contoh" } });
    let post = |body: Value| {
        let request = admin.request(reqwest::Method::POST, &agencies);
        send(request.header("idempotency-key", "sekali").json(&body))
    };
    assert_eq!(post(body.clone()).await.expect(201).id(), id);
    let again = post(body.clone()).await.expect(201);
    assert_eq!(
        (again.id().as_str(), again.header("idempotency-replayed")),
        (id, "true")
    );
    let other = json!({ "id": id, "content": { "name": "Dinas Lain" } });
    post(other).await.expect_problem(422, "idempotency_key_reused");
    admin
        .post(&agencies, body.clone())
        .await
        .expect_problem(409, "conflict");
    assert_eq!(admin.get(&agencies).await.expect(200).items().len(), 1);
    // The same id in another district is another record, and neither knows of the other.
    let neighbour = service.demo_client("admin.bulukumba").await;
    let theirs = agencies.replace("73.06", "73.02");
    neighbour.post(&theirs, body).await.expect(201);
    neighbour
        .get(&format!("{agencies}/{id}"))
        .await
        .expect_problem(404, "not_found");
}

#[tokio::test]
async fn the_order_is_the_districts_own() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let list = format!("{SETUP}/institution/agencies");
    let mut ids = Vec::new();
    for name in ["Satu", "Dua", "Tiga", "Empat"] {
        let made = admin
            .post(&list, json!({ "content": { "name": format!("Dinas {name}") } }))
            .await;
        ids.push(made.expect(201).id());
    }
    let order = async |query: &str| -> Vec<String> {
        let listed = admin.get(&format!("{list}{query}")).await.expect(200);
        let ids = listed
            .items()
            .iter()
            .map(|item| item["id"].as_str().unwrap_or_default().to_owned());
        ids.collect()
    };
    assert_eq!(order("").await, ids);
    let reorder = format!("{list}/reorder");
    let moved = admin
        .post(&reorder, json!({ "id": ids[3], "before": ids[0] }))
        .await
        .expect(200);
    assert_eq!(moved.json, json!({ "id": ids[3], "position": 1 }));
    let expected = [&ids[3], &ids[0], &ids[1], &ids[2]].map(Clone::clone);
    assert_eq!(order("").await, expected);
    admin
        .post(&reorder, json!({ "id": ids[3], "before": null }))
        .await
        .expect(200);
    assert_eq!(order("").await, ids);
    // Moving is no new version: whoever is writing goes on undisturbed.
    let path = format!("{list}/{}", ids[3]);
    admin
        .put(&path, "\"1\"", json!({ "content": { "name": "Dinas Lima" } }))
        .await
        .expect(200);
    let gone = json!({ "id": ids[0], "before": "01890000-0000-7000-8000-000000000000" });
    admin.post(&reorder, gone).await.expect_field("before", "not_found");
    let unknown = json!({ "id": "01890000-0000-7000-8000-000000000000", "before": null });
    admin.post(&reorder, unknown).await.expect_problem(404, "not_found");
    // Pages, search and mirroring follow the same order.
    let first = admin.get(&format!("{list}?limit=3")).await.expect(200);
    let cursor = first.json["next_cursor"].as_str().expect("a second page").to_owned();
    assert_eq!(order(&format!("?limit=3&cursor={cursor}")).await, [ids[3].clone()]);
    assert_eq!(order("?q=DUA").await, [ids[1].clone()]);
    assert_eq!(order("?q=%25").await, Vec::<String>::new());
    assert_eq!(
        order("?q=%27%3B%20DROP%20TABLE%20setup_record").await,
        Vec::<String>::new()
    );
    let changed = admin.get(&path).await.expect(200).json["updated_at"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert_eq!(order(&format!("?updated_since={changed}")).await, [ids[3].clone()]);
    admin.get(&format!("{list}?q=%00")).await.expect_field("q", "too_long");
    admin
        .get(&format!("{list}?updated_since=kemarin"))
        .await
        .expect_problem(422, "invalid_input");
}
