//! To which districts, and to whom in them, ministry and provinces address something. Always within the sender's reach.

use std::collections::BTreeSet;

use entity::{ids::DistrictId, region};
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, Statement, Value};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    auth::guard::Reach,
    db::SystemTx,
    error::{ApiResult, Text},
    http::Checks,
    notices::Words,
    readiness::Phase,
};

/// The most districts that can be named: more than there are.
const MOST: usize = 600;

/// Whom in a district.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Roles {
    /// Its coordinators.
    Coordinators,
    /// Everybody who works there.
    #[default]
    Everyone,
}

impl Roles {
    /// Its word in the database and the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Coordinators => "coordinators",
            Self::Everyone => "everyone",
        }
    }

    /// The word of the database; what it cannot hold counts as the smaller circle.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        if word == Self::Everyone.as_str() {
            Self::Everyone
        } else {
            Self::Coordinators
        }
    }
}

/// Which districts, and whom in them: the active districts within reach that are all that is said here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    /// Only of these provinces, by Kemendagri code; empty: of all within reach.
    #[serde(default)]
    #[schema(example = json!([]))]
    pub provinces: Vec<String>,
    /// Only in this phase of replication.
    #[serde(default)]
    #[schema(example = json!(null))]
    pub phase: Option<Phase>,
    /// Only these, by Kemendagri code; empty: all.
    #[serde(default)]
    #[schema(example = json!([]))]
    pub districts: Vec<String>,
    /// Whom in them.
    #[serde(default)]
    #[schema(example = "everyone")]
    pub roles: Roles,
}

/// An audience as the query of an address says it; lists with commas.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AudienceQuery {
    /// Only of these provinces, by Kemendagri code, with commas.
    #[param(example = "33,73")]
    province: Option<String>,
    /// Only in this phase of replication.
    phase: Option<Phase>,
    /// Only these districts, by Kemendagri code, with commas.
    #[param(example = "73.02,73.06")]
    district: Option<String>,
    /// Whom in them.
    roles: Option<Roles>,
}

/// Whom an audience is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema, FromQueryResult)]
pub struct AudienceSize {
    /// How many districts.
    #[schema(example = 14)]
    pub districts: i64,
    /// How many people in them.
    #[schema(example = 31)]
    pub people: i64,
    /// In how many of the districts nobody can be reached.
    #[schema(example = 0)]
    pub empty_districts: i64,
}

/// Who addresses many: a province, or the ministry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    /// The province; none is the ministry.
    pub province: Option<String>,
    /// Its name; empty for the ministry.
    pub name: String,
}

/// True of districts `d` of an audience. Values: [`Audience::values`].
const ADDRESSED: &str = "d.status = 'active' \
     AND ($1::text IS NULL OR d.province_code = ANY (string_to_array($1, ','))) \
     AND ($2::text IS NULL OR d.province_code = ANY (string_to_array($2, ','))) \
     AND ($3::text IS NULL OR d.code = ANY (string_to_array($3, ','))) \
     AND ($4::text IS NULL OR EXISTS (SELECT 1 FROM readiness_summary s WHERE s.district_id = d.id AND s.phase = $4))";

impl From<AudienceQuery> for Audience {
    fn from(query: AudienceQuery) -> Self {
        let list = |text: Option<String>| {
            let text = text.unwrap_or_default();
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            parts.map(str::to_owned).collect()
        };
        Self {
            provinces: list(query.province),
            phase: query.phase,
            districts: list(query.district),
            roles: query.roles.unwrap_or_default(),
        }
    }
}

impl Audience {
    /// Checks its form. Which districts there are is known later: [`Audience::districts`].
    pub fn check(&self, checks: &mut Checks) {
        let is_code = |code: &String, length: usize| {
            code.len() == length && code.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        };
        let provinces = self.provinces.iter().all(|code| is_code(code, 2)) && self.provinces.len() <= MOST;
        let text = Text::fixed("Pilih provinsi dari daftar.", "Choose provinces from the list.");
        checks.ensure(provinces, "audience.provinces", "not_in_list", text);
        let districts = self.districts.iter().all(|code| is_code(code, 5)) && self.districts.len() <= MOST;
        let text = Text::fixed("Pilih daerah dari daftar.", "Choose districts from the list.");
        checks.ensure(districts, "audience.districts", "not_in_list", text);
    }

    fn values(&self, reach: &Reach) -> [Value; 4] {
        let list = |codes: &[String]| (!codes.is_empty()).then(|| codes.join(","));
        let reach = match reach {
            Reach::Nation => None,
            Reach::Provinces(codes) => Some(codes.join(",")),
        };
        [
            reach.into(),
            list(&self.provinces).into(),
            list(&self.districts).into(),
            self.phase.map(Phase::as_str).into(),
        ]
    }

    /// The districts, and in whose name they are addressed. Who oversees several provinces addresses one at a time, so that what
    /// is said belongs to one province alone.
    ///
    /// # Errors
    /// 422 when there is none, or not every named one: unknown, not active and out of reach are the same. 422 for several
    /// provinces, unless the nation speaks.
    pub async fn resolve(&self, tx: &SystemTx, reach: &Reach) -> ApiResult<(Vec<DistrictId>, Sender)> {
        #[derive(FromQueryResult)]
        struct Row {
            id: DistrictId,
            code: String,
            province_code: String,
        }
        let sql = format!("SELECT d.id, d.code, d.province_code FROM district d WHERE {ADDRESSED} ORDER BY d.id");
        let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, self.values(reach));
        let rows = Row::find_by_statement(statement).all(tx).await?;
        let mut checks = Checks::new();
        let missing: Vec<&str> = self
            .districts
            .iter()
            .filter(|code| !rows.iter().any(|row| row.code == **code))
            .map(String::as_str)
            .collect();
        if !missing.is_empty() {
            let text = Text::new(
                format!("Tidak dapat dituju: {}.", missing.join(", ")),
                format!("Cannot be addressed: {}.", missing.join(", ")),
            );
            checks.error("audience.districts", "not_in_list", text);
        } else if rows.is_empty() {
            let text = Text::fixed(
                "Tidak ada daerah yang cocok. Perluas sasarannya.",
                "No district matches. Widen the audience.",
            );
            checks.error("audience", "empty", text);
        }
        let provinces: BTreeSet<&str> = rows.iter().map(|row| row.province_code.as_str()).collect();
        if *reach != Reach::Nation && provinces.len() > 1 {
            let text = Text::fixed(
                "Pilih daerah dari satu provinsi saja.",
                "Choose districts of one province only.",
            );
            checks.error("audience.provinces", "several", text);
        }
        checks.finish()?;
        let sender = match reach {
            Reach::Nation => Sender::default(),
            Reach::Provinces(_) => Sender::of(tx, provinces.first().copied()).await?,
        };
        Ok((rows.into_iter().map(|row| row.id).collect(), sender))
    }

    /// How many it is.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn size(&self, tx: &SystemTx, reach: &Reach) -> ApiResult<AudienceSize> {
        let sql = format!(
            "SELECT count(DISTINCT d.id) AS districts, count(DISTINCT p.account_id) AS people, \
             count(DISTINCT d.id) FILTER (WHERE p.account_id IS NULL) AS empty_districts \
             FROM district d LEFT JOIN (SELECT m.district_id, m.account_id FROM membership m \
                 JOIN account a ON a.id = m.account_id AND a.disabled_at IS NULL \
                 WHERE $5 OR m.role_key = 'district_admin') p ON p.district_id = d.id \
             WHERE {ADDRESSED}"
        );
        let everyone = Value::from(self.roles == Roles::Everyone);
        let values = self.values(reach).into_iter().chain([everyone]);
        let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
        let size = AudienceSize::find_by_statement(statement).one(tx).await?;
        Ok(size.unwrap_or(AudienceSize {
            districts: 0,
            people: 0,
            empty_districts: 0,
        }))
    }
}

impl Sender {
    async fn of(tx: &SystemTx, province: Option<&str>) -> ApiResult<Self> {
        let region = match province {
            Some(code) => region::Entity::find_by_id(code).one(tx).await?,
            None => None,
        };
        Ok(Self {
            province: province.map(str::to_owned),
            name: region.map(|region| region.name).unwrap_or_default(),
        })
    }

    /// As notices name it.
    #[must_use]
    pub fn words(name: &str) -> Words {
        if name.is_empty() {
            Words::from(Text::fixed("Kementerian", "the ministry"))
        } else {
            Words::from(Text::new(format!("Provinsi {name}"), format!("{name} province")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Audience, AudienceQuery, Roles};
    use crate::http::Checks;

    #[test]
    fn lists_are_read_and_only_codes_pass() {
        let query = AudienceQuery {
            province: Some("33, 73,".into()),
            phase: None,
            district: None,
            roles: Some(Roles::Coordinators),
        };
        let audience = Audience::from(query);
        assert_eq!(audience.provinces, ["33", "73"]);
        for (provinces, districts, is_good) in [
            (vec!["33"], vec!["73.02"], true),
            (vec!["3"], vec![], false),
            (vec![], vec!["73,02"], false),
            (vec!["a3"], vec![], false),
        ] {
            let audience = Audience {
                provinces: provinces.into_iter().map(str::to_owned).collect(),
                districts: districts.into_iter().map(str::to_owned).collect(),
                ..Audience::default()
            };
            let mut checks = Checks::new();
            audience.check(&mut checks);
            assert_eq!(checks.finish().is_ok(), is_good, "{audience:?}");
        }
    }

    #[test]
    fn words_come_back() {
        for roles in [Roles::Coordinators, Roles::Everyone] {
            assert_eq!(Roles::parse(roles.as_str()), roles);
        }
    }
}
