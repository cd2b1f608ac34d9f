import type { components } from "../schema.gen";

type Schemas = components["schemas"];

/** "RegentRegulation" as "regent_regulation"; a word that already is in that form stays. */
type Snake<T extends string> = T extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${Snake<Rest>}`
    : `_${Lowercase<First>}${Snake<Rest>}`
  : T;
type Trimmed<T extends string> = T extends `_${infer Rest}` ? Rest : T;

/** The codes of a closed list as they travel. */
export type CodeOf<T extends string> = Trimmed<Snake<T>>;

/** Every closed list the forms offer, in the order in which people know it. */
export const CODES = {
  instrument_kind: [
    "regional_regulation",
    "regent_regulation",
    "decree",
    "agreement",
    "circular",
    "medium_term_plan",
    "strategic_plan",
    "annual_plan",
    "budget_document",
    "village_regulation",
    "village_budget",
  ],
  instrument_stage: [
    "proposal",
    "draft",
    "meeting",
    "harmonisation",
    "initialling",
    "enactment",
    "promulgation",
  ],
  team_kind: ["steering_team", "working_group", "executing_unit", "secretariat", "area_group"],
  position_kind: [
    "patron",
    "director",
    "chair",
    "vice_chair",
    "secretary",
    "section_head",
    "member",
    "manager",
    "coordinator",
    "complaint_officer",
    "administrator",
    "data_officer",
  ],
  agency_kind: [
    "social_agency",
    "education_agency",
    "health_agency",
    "civil_registry",
    "women_child_agency",
    "communication_agency",
    "planning_agency",
    "public_order",
    "protection_unit",
    "legacy_protection_center",
    "family_learning_center",
    "primary_health_center",
    "public_hospital",
    "legal_bureau",
    "organisation_bureau",
    "people_welfare_bureau",
    "subdistrict_office",
    "village_government",
    "religious_affairs",
    "police_child_unit",
    "probation_office",
    "health_insurance",
    "narcotics_board",
    "ministry_social_center",
    "ministry_social_affairs",
    "child_protection_ngo",
    "child_welfare_institution",
    "legal_aid_organisation",
    "development_partner",
  ],
  service_domain: [
    "education",
    "health",
    "legal_identity",
    "social_rehabilitation",
    "legal_aid",
    "social_assistance",
    "family_strengthening",
    "alternative_care",
  ],
  tier: ["primary", "secondary", "tertiary"],
  sop_kind: [
    "complaint",
    "outreach",
    "case_handling",
    "referral",
    "monitoring_closure",
    "data_confidentiality",
    "emergency_response",
    "case_conference",
    "education_case",
    "health_case",
    "child_welfare",
    "monitoring_evaluation",
  ],
  case_stage: [
    "identification",
    "registration",
    "initial_assessment",
    "full_assessment",
    "intervention_plan",
    "implementation",
    "monitoring_review",
    "closure",
    "aftercare",
  ],
  risk_level: ["high", "medium", "low"],
  staff_role: [
    "coordinator",
    "case_manager",
    "social_worker",
    "ministry_social_worker",
    "supervisor",
    "psychologist",
    "paralegal",
    "complaint_officer",
    "administrator",
    "data_officer",
    "subdistrict_welfare_officer",
    "facilitator",
    "child_companion",
  ],
  training_kind: [
    "case_management",
    "child_protection_system",
    "child_safeguarding",
    "data_protection",
  ],
  category_set: ["gowa_outreach", "ampk", "ppks_child"],
  agreement_kind: ["cooperation", "data_sharing", "data_access"],
  frequency: ["weekly", "monthly", "bimonthly", "quarterly", "semiannual", "annual", "as_needed"],
  question_type: ["scale", "yes_no", "choice", "text"],
  sop_status: ["draft", "in_force", "replaced"],
  sop_step_kind: ["start", "process", "decision", "end"],
  span_unit: ["minute", "hour", "day"],
  field_type: ["text", "number", "date", "choice", "multi_choice", "yes_no", "region"],
  form_target: ["child", "outreach"],
  form_status: ["draft", "published"],
  data_source_type: [
    "bdt",
    "dtks",
    "dtsen",
    "civil_registry",
    "outreach",
    "complaints",
    "agency_data",
    "other",
  ],
  retention_action: ["delete", "anonymise", "review"],
  document_kind: [
    "sop",
    "minutes",
    "calendar",
    "photo",
    "certificate",
    "letter",
    "pledge",
    "policy",
    "impact_assessment",
    "aggregate_report",
    "commitment_letter",
  ],
} as const;

export type CodeList = keyof typeof CODES;
export type Code<L extends CodeList> = (typeof CODES)[L][number];

/** Lists that the API's document names too. A code missing here or there does not compile. */
interface Documented {
  instrument_kind: Schemas["InstrumentKind"];
  instrument_stage: Schemas["InstrumentStage"];
  team_kind: Schemas["TeamKind"];
  position_kind: Schemas["PositionKind"];
  agency_kind: Schemas["AgencyKind"];
  service_domain: Schemas["ServiceDomain"];
  sop_kind: Schemas["SopKind"];
  case_stage: Schemas["CaseStage"];
  risk_level: Schemas["RiskLevel"];
  staff_role: Schemas["StaffRole"];
  agreement_kind: Schemas["AgreementKind"];
  frequency: Schemas["Frequency"];
  question_type: Schemas["QuestionType"];
  sop_status: Schemas["SopStatus"];
  sop_step_kind: Schemas["SopStepKind"];
  span_unit: Schemas["SpanUnit"];
  tier: Schemas["Tier"];
  training_kind: Schemas["TrainingKind"];
  category_set: Schemas["CategorySet"];
  field_type: Schemas["FieldType"];
  form_target: Schemas["FormTarget"];
  form_status: Schemas["FormStatus"];
  data_source_type: Schemas["DataSourceType"];
  retention_action: Schemas["RetentionAction"];
}

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Agreement = { [L in keyof Documented]: Same<Code<L>, CodeOf<Documented[L]>> };

/** Holds only while every list agrees with the document. */
export const CODES_AGREE: { [L in keyof Agreement]: true } extends Agreement ? true : never = true;
