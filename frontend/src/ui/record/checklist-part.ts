/** The part with the checklist, the last on every component's page. */
export const CHECKLIST_PART = "daftar-periksa";
