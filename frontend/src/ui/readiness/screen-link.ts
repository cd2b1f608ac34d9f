import { componentLink, type PageLink } from "../record/record-link";

/** Where the standard says an item is worked on: its slug as an address of this program. */
export function screenLink(screen: string, code: string): PageLink {
  const [area, part] = screen.split("/");
  switch (area) {
    case "regulation":
      return componentLink("regulation", code);
    case "institution":
      if (part === "agencies") return componentLink("institution", code, "instansi");
      // Meetings are a rhythm of work, though the standard counts them to the institution.
      if (part === "coordination") return componentLink("mechanism", code, "koordinasi");
      return componentLink("institution", code);
    case "sop":
      return componentLink("mechanism", code);
    case "services":
      return part === "standards"
        ? componentLink("mechanism", code, "standar")
        : componentLink("services", code);
    case "staff":
      return componentLink("staff", code);
    default:
      return componentLink("data", code, part ? DATA_PARTS[part] : undefined);
  }
}

const DATA_PARTS: Record<string, string> = {
  sources: "sumber",
  reporting: "laporan",
  agreements: "perjanjian",
  protection: "pelindungan",
};
