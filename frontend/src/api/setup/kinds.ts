import type { ComponentKey } from "@/lib/components";
import type { paths } from "../schema.gen";
import type { CodeList } from "./codes";
import type {
  Agency,
  CoordinationRhythm,
  LegalInstrument,
  SatisfactionSurvey,
  ServiceStandard,
  Sop,
  SupervisionRhythm,
  Team,
} from "./content";

/** Paths at which records of a kind are listed and created. */
export type SetupPath = Extract<keyof paths, `/api/v1/districts/{code}/setup/${string}/${string}`>;

/** What the screens need to know of a kind of setup record. `C` is its content. */
export interface RecordKind<C extends object> {
  /** Its word in the API, in texts (`field.<key>.…`) and in what this device stores. */
  key: string;
  component: ComponentKey;
  path: SetupPath;
  /** Its word in addresses of pages. */
  slug: string;
  /** The content of a new one. */
  empty: C;
  /** Fields that hold a code, by path without row numbers (`stages.stage`), and of which list. */
  codes: Partial<Record<string, CodeList>>;
  /** Fields that hold ids of other records, by the same paths, and of which kinds. */
  refs: Partial<Record<string, KindKey[]>>;
}

const legalInstrument: RecordKind<LegalInstrument> = {
  key: "legal_instrument",
  component: "regulation",
  path: "/api/v1/districts/{code}/setup/regulation/legal-instruments",
  slug: "instrumen",
  empty: {
    kind: null,
    title: "",
    number: "",
    year: null,
    subject: "",
    is_pksai_basis: false,
    stages: [],
    held_by: "",
    held_by_agency_id: null,
    signed_on: null,
    signed_by: "",
    effective_on: null,
    valid_until: null,
    gazette_number: "",
    gazette_year: null,
    passage: "",
    agreement: null,
    party_agency_ids: [],
    file_id: null,
    amends: [],
    revokes: [],
    legal_basis_of: [],
    notes: "",
  },
  codes: {
    kind: "instrument_kind",
    "stages.stage": "instrument_stage",
    agreement: "agreement_kind",
  },
  refs: {
    held_by_agency_id: ["agency"],
    party_agency_ids: ["agency"],
    amends: ["legal_instrument"],
    revokes: ["legal_instrument"],
    legal_basis_of: ["legal_instrument", "team", "sop"],
  },
};

const team: RecordKind<Team> = {
  key: "team",
  component: "institution",
  path: "/api/v1/districts/{code}/setup/institution/teams",
  slug: "tim",
  empty: {
    kind: null,
    name: "",
    purpose: "",
    decree_id: null,
    parent_id: null,
    region_code: "",
    positions: [],
    address: "",
    rooms: [],
    hotline: "",
    email: "",
    opening_hours: "",
    notes: "",
  },
  codes: { kind: "team_kind", "positions.kind": "position_kind" },
  refs: {
    decree_id: ["legal_instrument"],
    parent_id: ["team"],
    "positions.agency_id": ["agency"],
  },
};

const agency: RecordKind<Agency> = {
  key: "agency",
  component: "institution",
  path: "/api/v1/districts/{code}/setup/institution/agencies",
  slug: "instansi",
  empty: {
    kind: null,
    name: "",
    short_name: "",
    focal_points: [],
    domains: [],
    address: "",
    phone: "",
    email: "",
    opening_hours: "",
    notes: "",
  },
  codes: { kind: "agency_kind", domains: "service_domain" },
  refs: {},
};

const sop: RecordKind<Sop> = {
  key: "sop",
  component: "mechanism",
  path: "/api/v1/districts/{code}/setup/work-mechanism/sops",
  slug: "sop",
  empty: {
    kind: null,
    number: "",
    title: "",
    status: "draft",
    revision: 1,
    replaces_id: null,
    made_on: null,
    revised_on: null,
    effective_on: null,
    approved_by: { position: "", name: "", nip: "" },
    purpose: "",
    legal_basis_ids: [],
    legal_basis: [],
    executor_qualifications: [],
    related_ids: [],
    equipment: [],
    warnings: [],
    records: [],
    steps: [],
    clocks: [],
    clock_legal_basis: "",
    file_id: null,
    notes: "",
  },
  codes: {
    kind: "sop_kind",
    status: "sop_status",
    "steps.kind": "sop_step_kind",
    "steps.duration_unit": "span_unit",
    "steps.stage": "case_stage",
    "clocks.risk_level": "risk_level",
    "clocks.first_response.unit": "span_unit",
    "clocks.initial_assessment.unit": "span_unit",
    "clocks.full_assessment_and_plan.unit": "span_unit",
    "clocks.review.unit": "span_unit",
  },
  refs: { replaces_id: ["sop"], legal_basis_ids: ["legal_instrument"], related_ids: ["sop"] },
};

const coordinationRhythm: RecordKind<CoordinationRhythm> = {
  key: "coordination_rhythm",
  component: "mechanism",
  path: "/api/v1/districts/{code}/setup/work-mechanism/coordination-rhythms",
  slug: "forum",
  empty: {
    forum: "",
    purpose: "",
    frequency: null,
    convener_team_id: null,
    agency_ids: [],
    participants: "",
    next_dates: [],
    place: "",
    notes: "",
  },
  codes: { frequency: "frequency" },
  refs: { convener_team_id: ["team"], agency_ids: ["agency"] },
};

const serviceStandard: RecordKind<ServiceStandard> = {
  key: "service_standard",
  component: "mechanism",
  path: "/api/v1/districts/{code}/setup/work-mechanism/service-standards",
  slug: "standar",
  empty: {
    name: "",
    domain: null,
    requirements: [],
    procedure: [],
    working_days: null,
    cost: "",
    product: "",
    complaint_channel: "",
    decree_id: null,
    effective_on: null,
    file_id: null,
    notes: "",
  },
  codes: { domain: "service_domain" },
  refs: { decree_id: ["legal_instrument"] },
};

const supervisionRhythm: RecordKind<SupervisionRhythm> = {
  key: "supervision_rhythm",
  component: "mechanism",
  path: "/api/v1/districts/{code}/setup/work-mechanism/supervision-rhythms",
  slug: "supervisi",
  empty: {
    name: "",
    frequency: null,
    supervisor_ids: [],
    supervised_roles: [],
    method: "",
    record_keeping: "",
    notes: "",
  },
  codes: { frequency: "frequency", supervised_roles: "staff_role" },
  refs: {},
};

const satisfactionSurvey: RecordKind<SatisfactionSurvey> = {
  key: "satisfaction_survey",
  component: "mechanism",
  path: "/api/v1/districts/{code}/setup/work-mechanism/satisfaction-surveys",
  slug: "survei",
  empty: { name: "", period: null, respondents: "", questions: [], follow_up: "", notes: "" },
  codes: { period: "frequency", "questions.type": "question_type" },
  refs: {},
};

/** Every kind, by its word in the API. */
export const KINDS = {
  legal_instrument: legalInstrument,
  team,
  agency,
  sop,
  coordination_rhythm: coordinationRhythm,
  service_standard: serviceStandard,
  supervision_rhythm: supervisionRhythm,
  satisfaction_survey: satisfactionSurvey,
};

export type KindKey =
  | "legal_instrument"
  | "team"
  | "agency"
  | "sop"
  | "coordination_rhythm"
  | "service_standard"
  | "supervision_rhythm"
  | "satisfaction_survey";

/** A kind whose content does not matter where it is used. */
// biome-ignore lint/suspicious/noExplicitAny: records of every kind pass through here
export type AnyKind = RecordKind<any>;

/** The kind that an address of a page names. */
export function kindOfSlug(component: ComponentKey, slug: string): AnyKind | undefined {
  return Object.values<AnyKind>(KINDS).find(
    (kind) => kind.component === component && kind.slug === slug,
  );
}

/** `steps.2.activity` as `steps.activity`: the field without row numbers. */
export function fieldOf(path: string): string {
  return path
    .split(".")
    .filter((step) => !/^\d+$/.test(step))
    .join(".");
}
