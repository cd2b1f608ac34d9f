import type { Agency, Team } from "../content";
import type { RecordKind } from "./kind";

export const team: RecordKind<Team> = {
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
    serving_since: null,
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
    "positions.staff_id": ["staff_member"],
    "positions.agency_id": ["agency"],
  },
};

export const agency: RecordKind<Agency> = {
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
