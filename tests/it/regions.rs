//! Regions.

use satupintu_tests::Service;

async fn names(service: &Service, query: &str) -> Vec<String> {
    let answer = service
        .anonymous()
        .get(&format!("/api/v1/regions?{query}"))
        .await
        .expect(200);
    answer
        .items()
        .iter()
        .filter_map(|region| region["full_name"].as_str().map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn a_district_is_found_as_people_type_it() {
    let service = Service::empty().await;
    assert_eq!(
        names(&service, "q=bulukumba&level=regency").await,
        ["Kabupaten Bulukumba"]
    );
    assert_eq!(names(&service, "q=kota%20pare&level=regency").await, ["Kota Parepare"]);
    assert!(
        names(&service, "q=ujung%20loe&parent=73.02")
            .await
            .contains(&"Kecamatan Ujungloe".to_owned())
    );
    assert!(names(&service, "q=%27%3B%20DROP%20TABLE%20region").await.is_empty());
    service
        .anonymous()
        .get("/api/v1/regions?q=b")
        .await
        .expect_field("q", "too_short");
    service
        .anonymous()
        .get("/api/v1/regions?level=planet")
        .await
        .expect_field("level", "not_in_list");
}

#[tokio::test]
async fn the_tree_has_its_known_numbers() {
    let service = Service::empty().await;
    assert_eq!(names(&service, "limit=200").await.len(), 38);
    assert_eq!(names(&service, "parent=73.02&limit=200").await.len(), 10);
    assert_eq!(names(&service, "parent=73.06&limit=200").await.len(), 18);
    let gowa = service.anonymous().get("/api/v1/regions/73.06").await.expect(200);
    assert_eq!(gowa.json["time_zone"], "Asia/Makassar");
    assert_eq!(gowa.json["parent_code"], "73");
    service
        .anonymous()
        .get("/api/v1/regions/73.99")
        .await
        .expect_problem(404, "not_found");
}
