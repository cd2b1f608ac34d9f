import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { KINDS, kindOfSlug } from "@/api/setup/kinds";
import { Example } from "@/ui/record/example";
import { RecordEditor } from "@/ui/record/record-editor";
import { UnknownRecord } from "@/ui/record/unknown-record";
import { AgencyForm } from "./agency-form";
import { TeamForm } from "./team-form";

const route = getRouteApi("/kerja/d/$code/kelembagaan/$jenis/$recordId");

/** One team or one agency. */
export function InstitutionEditor() {
  const { t } = useTranslation("institution");
  const { code, jenis, recordId } = route.useParams();
  const search = route.useSearch();
  const common = { code, id: recordId, search };
  switch (kindOfSlug("institution", jenis)?.key) {
    case "team":
      return (
        <RecordEditor
          {...common}
          kind={KINDS.team}
          example={search.baru ? <Example>{t("example_team")}</Example> : null}
        >
          {(props) => <TeamForm {...props} />}
        </RecordEditor>
      );
    case "agency":
      return (
        <RecordEditor
          {...common}
          kind={KINDS.agency}
          bagian="instansi"
          example={search.baru ? <Example>{t("example_agency")}</Example> : null}
        >
          {(props) => <AgencyForm {...props} />}
        </RecordEditor>
      );
    default:
      return <UnknownRecord />;
  }
}
