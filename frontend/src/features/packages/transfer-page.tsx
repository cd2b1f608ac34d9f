import { Alert, Button, List, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { useIntentKey } from "@/api/intent-key";
import { asItIs, type SetupImported } from "@/api/packages";
import { ProblemError } from "@/api/problem";
import { formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { saveBlob } from "@/lib/save-blob";
import { AnchorLink, ButtonLink } from "@/ui/links";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { recordLink } from "@/ui/record/record-link";
import { fieldLabel } from "@/ui/record/texts";
import { ChooseFile } from "./choose-file";
import { readChosen, SETUP_MEGABYTES } from "./file-reading";
import { PackageTabs } from "./package-tabs";
import classes from "./packages.module.css";
import { kindOf } from "./words";

const route = getRouteApi("/kerja/d/$code/paket/cadangan");

/** The whole setup out as a file and in again: a backup that holds people and phone numbers too. */
export function TransferPage() {
  const { t } = useTranslation("packages");
  const { code } = route.useParams();
  return (
    <Page width="wide" title={t("transfer.title")} lead={t("transfer.lead")}>
      <PackageTabs code={code} shown="transfer" />
      <Export code={code} />
      <Import code={code} />
    </Page>
  );
}

function Export({ code }: { code: string }) {
  const { t } = useTranslation("packages");
  const save = useMutation({
    mutationFn: async () => {
      const { data } = await api.GET("/api/v1/districts/{code}/setup-file", {
        params: { path: { code } },
        parseAs: "blob",
      });
      return data as unknown as Blob;
    },
    onSuccess: (file) => saveBlob(file, `persiapan-${code}.json`),
  });
  return (
    <Section title={t("transfer.export_title")}>
      <Stack>
        <Alert color="kunyit" variant="light" title={t("transfer.warning_title")}>
          {t("transfer.warning")}
        </Alert>
        <Text>{t("transfer.export_body")}</Text>
        <ProblemAlert error={save.error} />
        <div>
          <Button
            leftSection={<IconDownload size={20} aria-hidden />}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {t("transfer.export")}
          </Button>
        </div>
        {save.isSuccess ? <Text role="status">{t("transfer.exported")}</Text> : null}
      </Stack>
    </Section>
  );
}

/** A file that was chosen. */
interface Chosen {
  name: string;
  text: string | null;
}

function Import({ code }: { code: string }) {
  const { t } = useTranslation("packages");
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const key = useIntentKey(chosen?.text ?? "");
  const restore = useMutation({
    mutationFn: async (file: Chosen): Promise<SetupImported> => {
      const { data } = await api.POST("/api/v1/districts/{code}/setup-file", {
        params: { path: { code } },
        body: (file.text ?? "") as never,
        bodySerializer: asItIs,
        headers: { "Content-Type": "application/json", "Idempotency-Key": key },
      });
      if (!data) throw new Error("an import has a body");
      return data;
    },
    onSuccess: async () => {
      for (const name of ["adoptions", "setup", "readiness"]) {
        await client.invalidateQueries({ queryKey: [name, code] });
      }
    },
  });
  const fields =
    restore.error instanceof ProblemError ? Object.entries(restore.error.fieldErrors()) : [];
  return (
    <Section title={t("transfer.import_title")}>
      <Stack>
        <Text>{t("transfer.import_body")}</Text>
        <ChooseFile
          label={t("transfer.choose")}
          chosen={chosen?.name ?? null}
          onChoose={async (file) => {
            restore.reset();
            // Never the file before, while this one is read.
            setChosen(null);
            const read = await readChosen(file, SETUP_MEGABYTES);
            setChosen({ name: file.name, text: "text" in read ? read.text : null });
          }}
        />
        {chosen && chosen.text === null ? (
          <Text c="red.9" role="alert">
            {t("file.too_large", { megabytes: SETUP_MEGABYTES })}
          </Text>
        ) : null}
        <ProblemAlert error={restore.error} />
        {fields.length > 0 ? (
          <ul className={classes.plain}>
            {fields.slice(0, 10).map(([field, message]) => (
              <li key={field}>
                <span className={classes.fingerprint}>{field}</span>: {message}
              </li>
            ))}
          </ul>
        ) : null}
        {restore.data ? (
          <Imported code={code} imported={restore.data} />
        ) : (
          <div>
            <Button
              disabled={!chosen?.text}
              loading={restore.isPending}
              onClick={() => chosen && restore.mutate(chosen)}
            >
              {t("transfer.import")}
            </Button>
          </div>
        )}
      </Stack>
    </Section>
  );
}

/** How much came, and what has to be filled in anew. */
function Imported({ code, imported }: { code: string; imported: SetupImported }) {
  const { t } = useTranslation("packages");
  return (
    <Alert
      role="status"
      color="laut"
      variant="light"
      title={t("transfer.imported", {
        count: imported.records,
        number: formatNumber(imported.records, currentLanguage()),
      })}
    >
      <Stack>
        {imported.taken_out.length > 0 ? (
          <>
            <Text>{t("transfer.taken_out", { count: imported.taken_out.length })}</Text>
            <List>
              {imported.taken_out.map((place) => (
                <List.Item key={`${place.record_id} ${place.field}`}>
                  <TakenOut code={code} place={place} />
                </List.Item>
              ))}
            </List>
          </>
        ) : null}
        <div>
          <ButtonLink to="/d/$code" params={{ code }}>
            {t("step.to_home")}
          </ButtonLink>
        </div>
      </Stack>
    </Alert>
  );
}

/** The place that was emptied, as a way to fill it anew. */
function TakenOut({ code, place }: { code: string; place: SetupImported["taken_out"][number] }) {
  const { t } = useTranslation("packages");
  const kind = kindOf(place.kind);
  if (!kind) return place.title;
  return (
    <AnchorLink {...recordLink(kind, code, place.record_id, { isian: place.field })}>
      {t("transfer.place", { title: place.title, field: fieldLabel(kind, place.field) })}
    </AnchorLink>
  );
}
