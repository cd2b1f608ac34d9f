import type { EarlyDetection, Service } from "../content";
import type { RecordKind } from "./kind";

export const service: RecordKind<Service> = {
  key: "service",
  component: "services",
  path: "/api/v1/districts/{code}/setup/service-range/services",
  slug: "layanan",
  empty: {
    domain: null,
    tiers: [],
    name: "",
    description: "",
    providers: [],
    min_age: null,
    max_age: null,
    category_ids: [],
    eligibility: "",
    requirements: [],
    no_requirements: false,
    working_days: null,
    cost: "",
    place: "",
    hours: "",
    monthly_capacity: null,
    is_public: false,
    notes: "",
  },
  codes: { domain: "service_domain", tiers: "tier" },
  refs: { "providers.agency_id": ["agency"], category_ids: ["vulnerability_category"] },
};

export const earlyDetection: RecordKind<EarlyDetection> = {
  key: "early_detection",
  component: "services",
  path: "/api/v1/districts/{code}/setup/service-range/early-detections",
  slug: "deteksi-dini",
  empty: {
    name: "",
    team_id: null,
    method: "",
    village_codes: [],
    contacts: [],
    since: null,
    notes: "",
  },
  codes: {},
  refs: { team_id: ["team"] },
};
