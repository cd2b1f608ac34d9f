//! Who works in the district, who is in charge of what, and what the ministry does to it.

use satupintu_tests::DEMO_PASSWORD;
use serde_json::{Value, json};

use super::{World, accepted};

/// What members are made, but coordinator.
const ROLES: [&str; 4] = ["supervisor", "case_manager", "social_worker", "viewer"];

impl World {
    /// A member, counted round; who coordinates stays, because all else is done as that person.
    pub(super) async fn member(&self, which: usize) -> Option<Value> {
        let members = self.admin.get(&self.path("/members?limit=200")).await.expect(200);
        let others: Vec<&Value> = members
            .items()
            .iter()
            .filter(|member| member["role_key"] != "district_admin")
            .collect();
        others.get(which % others.len().max(1)).map(|&member| member.clone())
    }

    /// Puts somebody, or nobody, in charge of a component.
    pub(super) async fn entrust(&self, which: usize, amount: usize) -> Option<bool> {
        let list = self.path("/setup/responsibilities");
        let component = satupintu::readiness::ComponentKind::ALL[which % 6];
        let account = match amount % 3 {
            0 => Value::Null,
            _ => self.member(amount).await?["account_id"].clone(),
        };
        let mut body = json!({ "account_id": account, "note": "Catatan contoh." });
        let all = self.admin.get(&list).await.expect(200);
        let known = all.items().iter().find(|row| row["component"] == json!(component));
        let answer = match known {
            Some(row) => {
                let path = format!("{list}/{}", row["id"].as_str().expect("id"));
                self.admin.put(&path, &format!("\"{}\"", row["version"]), body).await
            }
            None => {
                body["component"] = json!(component);
                self.admin.post(&list, body).await
            }
        };
        Some(accepted(&answer))
    }

    /// Gives somebody another role.
    pub(super) async fn promote(&self, which: usize, amount: usize) -> Option<bool> {
        let member = self.member(which).await?;
        let path = self.path(&format!("/members/{}", member["id"].as_str().expect("id")));
        let etag = self.admin.get(&path).await.expect(200).etag();
        let body = json!({ "role_key": ROLES[amount % ROLES.len()] });
        Some(accepted(&self.admin.patch(&path, &etag, body).await))
    }

    /// Puts somebody out.
    pub(super) async fn expel(&self, which: usize) -> Option<bool> {
        let member = self.member(which).await?;
        let path = self.path(&format!("/members/{}", member["id"].as_str().expect("id")));
        let etag = self.admin.get(&path).await.expect(200).etag();
        Some(accepted(&self.admin.delete(&path, &etag).await))
    }

    /// Somebody comes, perhaps for the first time.
    pub(super) async fn sign_in(&self, which: usize) -> Option<bool> {
        let member = self.member(which).await?;
        let body = json!({ "email": member["email"], "password": DEMO_PASSWORD });
        Some(accepted(&self.anybody.post("/api/v1/auth/login", body).await))
    }

    /// The ministry reminds the district.
    pub(super) async fn nudge(&self) -> Option<bool> {
        let body = json!({ "message": "Contoh pengingat." });
        Some(accepted(&self.ministry.post(&self.path("/nudges"), body).await))
    }

    /// The ministry suspends the district and lets it work again.
    pub(super) async fn pause(&self) -> Option<bool> {
        let path = self.path("/standing");
        for standing in ["suspended", "active"] {
            let etag = self.ministry.get(&self.path("")).await.expect(200).etag();
            let body = json!({ "standing": standing, "reason": "Contoh: unit ditata ulang." });
            self.ministry.put(&path, &etag, body).await.expect(200);
        }
        Some(true)
    }
}
