import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { KINDS, kindOfSlug } from "@/api/setup/kinds";
import { ButtonLink } from "@/ui/links";
import { Example } from "@/ui/record/example";
import { RecordEditor } from "@/ui/record/record-editor";
import { UnknownRecord } from "@/ui/record/unknown-record";
import { ForumForm, StandardForm, SupervisionForm, SurveyForm } from "./rhythm-forms";
import { SopForm } from "./sop-form";

const route = getRouteApi("/kerja/d/$code/mekanisme-kerja/$jenis/$recordId");

/** One record of the work mechanism. */
export function MechanismEditor() {
  const { t } = useTranslation("mechanism");
  const { code, jenis, recordId } = route.useParams();
  const search = route.useSearch();
  const common = { code, id: recordId, search };
  switch (kindOfSlug("mechanism", jenis)?.key) {
    case "sop":
      return (
        <RecordEditor
          {...common}
          kind={KINDS.sop}
          example={search.baru ? <Example>{t("example_sop")}</Example> : null}
          views={
            search.baru ? null : (
              <ButtonLink
                variant="default"
                to="/d/$code/mekanisme-kerja/sop/$recordId/bagan"
                params={{ code, recordId }}
              >
                {t("view_flow")}
              </ButtonLink>
            )
          }
        >
          {(props) => <SopForm {...props} />}
        </RecordEditor>
      );
    case "coordination_rhythm":
      return (
        <RecordEditor {...common} kind={KINDS.coordination_rhythm} bagian="koordinasi">
          {(props) => <ForumForm {...props} />}
        </RecordEditor>
      );
    case "service_standard":
      return (
        <RecordEditor {...common} kind={KINDS.service_standard} bagian="standar">
          {(props) => <StandardForm {...props} />}
        </RecordEditor>
      );
    case "supervision_rhythm":
      return (
        <RecordEditor {...common} kind={KINDS.supervision_rhythm} bagian="supervisi">
          {(props) => <SupervisionForm {...props} />}
        </RecordEditor>
      );
    case "satisfaction_survey":
      return (
        <RecordEditor {...common} kind={KINDS.satisfaction_survey} bagian="survei">
          {(props) => <SurveyForm {...props} />}
        </RecordEditor>
      );
    default:
      return <UnknownRecord />;
  }
}
