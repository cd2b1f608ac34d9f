//! Lists of codes as types, so that the API's document names every code.
//!
//! The lists that come from `reference/` must agree with the files: a test compares them.

use std::sync::LazyLock;

use utoipa::openapi::{
    RefOr, Schema,
    schema::{ObjectBuilder, Type},
};

use crate::reference::Reference;

/// A closed list of codes.
macro_rules! codes {
    ($(#[$about:meta])* $name:ident { $($(#[$meaning:meta])* $variant:ident $code:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$meaning])* #[serde(rename = $code)] $variant,)*
        }

        impl $name {
            /// All codes, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }
        }

        // utoipa's derive does not see names that come out of a macro.
        impl utoipa::__dev::ComposeSchema for $name {
            fn compose(
                _: Vec<utoipa::openapi::RefOr<utoipa::openapi::Schema>>,
            ) -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                $crate::setup::codes::list_schema(&[$($code),*])
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
        }
    };
}
pub(super) use codes;

/// The schema of a list of codes.
#[must_use]
pub fn list_schema(codes: &[&str]) -> RefOr<Schema> {
    let object = ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(codes.iter().copied()));
    RefOr::T(Schema::Object(object.build()))
}

static REFERENCE: LazyLock<Option<Reference>> = LazyLock::new(|| Reference::load().ok());

/// The reference data; `None` only in a build whose files are broken, which the tests refuse.
#[must_use]
pub fn reference() -> Option<&'static Reference> {
    REFERENCE.as_ref()
}

codes! {
    /// Kinds of legal and planning instruments.
    InstrumentKind {
        /// Regional regulation.
        RegionalRegulation "regional_regulation",
        /// Regent or mayor regulation.
        RegentRegulation "regent_regulation",
        /// Decree.
        Decree "decree",
        /// Memorandum or agreement.
        Agreement "agreement",
        /// Circular.
        Circular "circular",
        /// Medium-term development plan.
        MediumTermPlan "medium_term_plan",
        /// Strategic plan of an agency.
        StrategicPlan "strategic_plan",
        /// Annual plan of an agency.
        AnnualPlan "annual_plan",
        /// Spending authority.
        BudgetDocument "budget_document",
        /// Village regulation.
        VillageRegulation "village_regulation",
        /// Village budget.
        VillageBudget "village_budget",
    }
}

codes! {
    /// Stages in the life of an instrument, in order.
    InstrumentStage {
        /// Proposal.
        Proposal "proposal",
        /// Draft.
        Draft "draft",
        /// Discussion meeting.
        Meeting "meeting",
        /// Harmonisation.
        Harmonisation "harmonisation",
        /// Initialling.
        Initialling "initialling",
        /// Enactment.
        Enactment "enactment",
        /// Promulgation.
        Promulgation "promulgation",
    }
}

codes! {
    /// Kinds of team.
    TeamKind {
        /// Steering team.
        SteeringTeam "steering_team",
        /// Working group.
        WorkingGroup "working_group",
        /// Executing unit.
        ExecutingUnit "executing_unit",
        /// Secretariat.
        Secretariat "secretariat",
        /// Area working group.
        AreaGroup "area_group",
    }
}

codes! {
    /// Kinds of position in a team.
    PositionKind {
        /// Patron.
        Patron "patron",
        /// Director.
        Director "director",
        /// Chair.
        Chair "chair",
        /// Vice chair.
        ViceChair "vice_chair",
        /// Secretary.
        Secretary "secretary",
        /// Section head.
        SectionHead "section_head",
        /// Member.
        Member "member",
        /// Unit manager.
        Manager "manager",
        /// Coordinator.
        Coordinator "coordinator",
        /// Complaint receiver.
        ComplaintOfficer "complaint_officer",
        /// Administrator.
        Administrator "administrator",
        /// Data officer.
        DataOfficer "data_officer",
    }
}

codes! {
    /// Kinds of agency.
    AgencyKind {
        /// Social agency.
        SocialAgency "social_agency",
        /// Education agency.
        EducationAgency "education_agency",
        /// Health agency.
        HealthAgency "health_agency",
        /// Civil registry.
        CivilRegistry "civil_registry",
        /// Women and child agency.
        WomenChildAgency "women_child_agency",
        /// Communication agency.
        CommunicationAgency "communication_agency",
        /// Planning agency.
        PlanningAgency "planning_agency",
        /// Public order unit.
        PublicOrder "public_order",
        /// Women and child protection unit.
        ProtectionUnit "protection_unit",
        /// Legacy integrated protection centre.
        LegacyProtectionCenter "legacy_protection_center",
        /// Family learning centre.
        FamilyLearningCenter "family_learning_center",
        /// Primary health centre.
        PrimaryHealthCenter "primary_health_center",
        /// District hospital.
        PublicHospital "public_hospital",
        /// Legal bureau.
        LegalBureau "legal_bureau",
        /// Organisation bureau.
        OrganisationBureau "organisation_bureau",
        /// People's welfare bureau.
        PeopleWelfareBureau "people_welfare_bureau",
        /// Subdistrict office.
        SubdistrictOffice "subdistrict_office",
        /// Village government.
        VillageGovernment "village_government",
        /// Religious affairs office.
        ReligiousAffairs "religious_affairs",
        /// Police women and child unit.
        PoliceChildUnit "police_child_unit",
        /// Probation office.
        ProbationOffice "probation_office",
        /// Health insurance.
        HealthInsurance "health_insurance",
        /// Narcotics board.
        NarcoticsBoard "narcotics_board",
        /// Ministry social centre.
        MinistrySocialCenter "ministry_social_center",
        /// Ministry of Social Affairs.
        MinistrySocialAffairs "ministry_social_affairs",
        /// Child protection organisation.
        ChildProtectionNgo "child_protection_ngo",
        /// Child welfare institution.
        ChildWelfareInstitution "child_welfare_institution",
        /// Legal aid organisation.
        LegalAidOrganisation "legal_aid_organisation",
        /// Development partner (such as UNICEF, BaKTI, Setara).
        DevelopmentPartner "development_partner",
    }
}

codes! {
    /// The eight services.
    ServiceDomain {
        /// Education.
        Education "education",
        /// Health.
        Health "health",
        /// Legal identity.
        LegalIdentity "legal_identity",
        /// Social rehabilitation.
        SocialRehabilitation "social_rehabilitation",
        /// Legal aid.
        LegalAid "legal_aid",
        /// Social assistance.
        SocialAssistance "social_assistance",
        /// Family strengthening.
        FamilyStrengthening "family_strengthening",
        /// Alternative care.
        AlternativeCare "alternative_care",
    }
}

codes! {
    /// The three tiers of prevention.
    Tier {
        /// Primary.
        Primary "primary",
        /// Secondary.
        Secondary "secondary",
        /// Tertiary.
        Tertiary "tertiary",
    }
}

codes! {
    /// Kinds of SOP.
    SopKind {
        /// Complaints.
        Complaint "complaint",
        /// Outreach.
        Outreach "outreach",
        /// Assessment and case handling.
        CaseHandling "case_handling",
        /// Referral.
        Referral "referral",
        /// Monitoring and closure.
        MonitoringClosure "monitoring_closure",
        /// Data and confidentiality.
        DataConfidentiality "data_confidentiality",
        /// Emergency response (TRC).
        EmergencyResponse "emergency_response",
        /// Case conference.
        CaseConference "case_conference",
        /// Education case.
        EducationCase "education_case",
        /// Health case.
        HealthCase "health_case",
        /// Child welfare.
        ChildWelfare "child_welfare",
        /// Monitoring and evaluation.
        MonitoringEvaluation "monitoring_evaluation",
    }
}

codes! {
    /// The nine stages of a case, in order.
    CaseStage {
        /// Identification or outreach.
        Identification "identification",
        /// Intake and registration.
        Registration "registration",
        /// Initial assessment.
        InitialAssessment "initial_assessment",
        /// Full assessment.
        FullAssessment "full_assessment",
        /// Intervention plan.
        InterventionPlan "intervention_plan",
        /// Implementation and referral.
        Implementation "implementation",
        /// Monitoring and review.
        MonitoringReview "monitoring_review",
        /// Closure.
        Closure "closure",
        /// Aftercare.
        Aftercare "aftercare",
    }
}

codes! {
    /// Risk levels of a case, the highest first.
    RiskLevel {
        /// High.
        High "high",
        /// Medium.
        Medium "medium",
        /// Low.
        Low "low",
    }
}

codes! {
    /// Roles of people in the service, not their rights in the program.
    StaffRole {
        /// Coordinator.
        Coordinator "coordinator",
        /// Case manager.
        CaseManager "case_manager",
        /// Social worker.
        SocialWorker "social_worker",
        /// Ministry social worker.
        MinistrySocialWorker "ministry_social_worker",
        /// Supervisor.
        Supervisor "supervisor",
        /// Psychologist.
        Psychologist "psychologist",
        /// Paralegal.
        Paralegal "paralegal",
        /// Complaint receiver.
        ComplaintOfficer "complaint_officer",
        /// Administrator.
        Administrator "administrator",
        /// Data officer.
        DataOfficer "data_officer",
        /// Subdistrict welfare officer (TKSK).
        SubdistrictWelfareOfficer "subdistrict_welfare_officer",
        /// Subdistrict facilitator.
        Facilitator "facilitator",
        /// Child companion.
        ChildCompanion "child_companion",
    }
}

codes! {
    /// Trainings that the standard asks about.
    TrainingKind {
        /// Case management.
        CaseManagement "case_management",
        /// Child protection system.
        ChildProtectionSystem "child_protection_system",
        /// Child safeguarding and code of conduct.
        ChildSafeguarding "child_safeguarding",
        /// Data protection.
        DataProtection "data_protection",
    }
}

codes! {
    /// Ready sets of vulnerability categories.
    CategorySet {
        /// Gowa outreach (8).
        GowaOutreach "gowa_outreach",
        /// Children in need of special protection (15).
        Ampk "ampk",
        /// Child social-service clients (7).
        PpksChild "ppks_child",
    }
}

codes! {
    /// What an agreement with another agency is for.
    AgreementKind {
        /// Working together in cases.
        Cooperation "cooperation",
        /// Exchanging data on children.
        DataSharing "data_sharing",
        /// Reading from a data source such as the civil registry.
        DataAccess "data_access",
    }
}

codes! {
    /// How often something comes round.
    Frequency {
        /// Every week.
        Weekly "weekly",
        /// Every month.
        Monthly "monthly",
        /// Every two months.
        Bimonthly "bimonthly",
        /// Every three months.
        Quarterly "quarterly",
        /// Every six months.
        Semiannual "semiannual",
        /// Every year.
        Annual "annual",
        /// When there is need, without a rhythm.
        AsNeeded "as_needed",
    }
}

impl Frequency {
    /// The longest time between two occurrences in months; none without a rhythm.
    #[must_use]
    pub const fn months(self) -> Option<u32> {
        match self {
            Self::Weekly | Self::Monthly => Some(1),
            Self::Bimonthly => Some(2),
            Self::Quarterly => Some(3),
            Self::Semiannual => Some(6),
            Self::Annual => Some(12),
            Self::AsNeeded => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use utoipa::PartialSchema;

    use super::*;

    fn agree<'a>(what: &str, ours: Vec<&'static str>, theirs: impl Iterator<Item = &'a String>) {
        let theirs: Vec<&str> = theirs.map(String::as_str).collect();
        assert_eq!(ours, theirs, "{what}");
    }

    macro_rules! agree {
        ($name:ident, $rows:expr) => {
            agree(
                stringify!($name),
                $name::ALL.iter().map(|code| code.code()).collect(),
                $rows.iter().map(|row| &row.code),
            );
            let schema = serde_json::to_value($name::schema()).unwrap();
            let codes: Vec<&str> = $name::ALL.iter().map(|code| code.code()).collect();
            assert_eq!(schema["enum"], serde_json::json!(codes));
            for code in $name::ALL {
                assert_eq!(serde_json::to_value(code).unwrap(), code.code());
            }
        };
    }

    #[test]
    fn types_agree_with_the_reference_files() {
        let reference = reference().unwrap();
        agree!(InstrumentKind, reference.legal_instruments.kinds);
        agree!(InstrumentStage, reference.legal_instruments.stages);
        agree!(TeamKind, reference.institution.teams);
        agree!(PositionKind, reference.institution.positions);
        agree!(AgencyKind, reference.agency_kinds);
        agree!(ServiceDomain, reference.services);
        agree!(Tier, reference.tiers);
        agree!(SopKind, reference.sop_kinds);
        agree!(CaseStage, reference.case_stages);
        agree!(RiskLevel, reference.clocks.risk_levels);
        agree!(StaffRole, reference.staff.roles);
        agree!(TrainingKind, reference.staff.trainings);
        agree!(CategorySet, reference.category_sets);
    }
}
