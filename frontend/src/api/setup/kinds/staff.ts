import type { StaffMember } from "../content";
import type { RecordKind } from "./kind";

export const staffMember: RecordKind<StaffMember> = {
  key: "staff_member",
  component: "staff",
  path: "/api/v1/districts/{code}/setup/staff/staff-members",
  slug: "petugas",
  empty: {
    name: "",
    position: "",
    roles: [],
    employer_id: null,
    decree_id: null,
    qualification: "",
    certificates: [],
    trainings: [],
    subdistrict_codes: [],
    supervisor_id: null,
    caseload_limit: null,
    phone: "",
    email: "",
    account_id: null,
    pledge_signed_on: null,
    pledge_file_id: null,
    started_on: null,
    left_on: null,
    is_public: false,
    notes: "",
  },
  codes: { roles: "staff_role", "trainings.kind": "training_kind" },
  refs: {
    employer_id: ["agency"],
    decree_id: ["legal_instrument"],
    supervisor_id: ["staff_member"],
  },
};
