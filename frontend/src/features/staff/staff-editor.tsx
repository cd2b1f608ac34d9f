import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { KINDS, kindOfSlug } from "@/api/setup/kinds";
import { Example } from "@/ui/record/example";
import { RecordEditor } from "@/ui/record/record-editor";
import { UnknownRecord } from "@/ui/record/unknown-record";
import { StaffForm } from "./staff-form";

const route = getRouteApi("/kerja/d/$code/sdm/$jenis/$recordId");

/** One person of the staff. */
export function StaffEditor() {
  const { t } = useTranslation("staff");
  const { code, jenis, recordId } = route.useParams();
  const search = route.useSearch();
  if (kindOfSlug("staff", jenis)?.key !== "staff_member") return <UnknownRecord />;
  return (
    <RecordEditor
      kind={KINDS.staff_member}
      code={code}
      id={recordId}
      search={search}
      example={search.baru ? <Example>{t("example")}</Example> : null}
    >
      {(props) => <StaffForm {...props} />}
    </RecordEditor>
  );
}
