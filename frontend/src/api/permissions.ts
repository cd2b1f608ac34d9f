/** Permissions the screens ask about, by the keys `GET /api/v1/permissions` and `Me` use. */
export const PERMISSION = {
  districtUpdate: "district.update",
  membersRead: "members.read",
  membersManage: "members.manage",
  rolesManage: "roles.manage",
  setupRead: "setup.read",
  setupWrite: "setup.write",
  auditRead: "audit.read",
  setupGoLive: "setup.go_live",
  setupReview: "setup.review",
  planManage: "plan.manage",
  districtsNudge: "districts.nudge",
  oversightRead: "oversight.read",
  registrationsRead: "registrations.read",
  registrationsEndorse: "registrations.endorse",
  registrationsDecide: "registrations.decide",
} as const;
