import { Alert, Button, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { useIntentKey } from "@/api/intent-key";
import { asItIs, type ModelPackage, untrustedSigner } from "@/api/packages";
import { ProblemError } from "@/api/problem";
import { BackLink } from "@/ui/links";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { ChooseFile } from "./choose-file";
import { PACKAGE_MEGABYTES, readChosen } from "./file-reading";
import classes from "./packages.module.css";

/** The ministry takes a package of another installation into the catalogue. */
export function ImportPage() {
  const { t } = useTranslation("packages");
  return (
    <Page width="text" title={t("import.title")} lead={t("import.lead")}>
      <BackLink to="/pusat/paket">{t("detail.back")}</BackLink>
      <Section>
        <ImportForm />
      </Section>
    </Page>
  );
}

/** A file that was chosen; null when it is too large to be read. */
interface Chosen {
  name: string;
  text: string | null;
}

function ImportForm() {
  const { t } = useTranslation("packages");
  const client = useQueryClient();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [fingerprint, setFingerprint] = useState("");
  const key = useIntentKey([chosen?.text, fingerprint]);
  const send = useMutation({
    mutationFn: async (confirmed: string): Promise<ModelPackage> => {
      const { data } = await api.POST("/api/v1/oversight/packages/import", {
        params: {
          query: confirmed ? { fingerprint: confirmed } : {},
        },
        body: (chosen?.text ?? "") as never,
        bodySerializer: asItIs,
        headers: { "Content-Type": "application/json", "Idempotency-Key": key },
      });
      if (!data) throw new Error("a package has a body");
      return data;
    },
    onSuccess: async (one) => {
      await client.invalidateQueries({ queryKey: ["packages"] });
      await navigate({ to: "/pusat/paket/$paket", params: { paket: one.id } });
    },
  });
  const signer = untrustedSigner(send.error);
  const compared = send.variables ?? "";
  const fields = send.error instanceof ProblemError ? Object.entries(send.error.fieldErrors()) : [];
  return (
    <Stack>
      <ChooseFile
        label={t("import.choose")}
        chosen={chosen?.name ?? null}
        onChoose={async (file) => {
          send.reset();
          // Never the file before, while this one is read.
          setChosen(null);
          setFingerprint("");
          const read = await readChosen(file, PACKAGE_MEGABYTES);
          setChosen({ name: file.name, text: "text" in read ? read.text : null });
        }}
      />
      {chosen && chosen.text === null ? (
        <Text c="red.9" role="alert">
          {t("file.too_large", { megabytes: PACKAGE_MEGABYTES })}
        </Text>
      ) : null}
      {signer ? (
        <Alert
          role="alert"
          color="kunyit"
          variant="light"
          title={t(compared ? "import.other_title" : "import.unknown_title")}
        >
          <Stack>
            <Text>
              {t(compared ? "import.other" : "import.unknown", { author: signer.author })}
            </Text>
            <div>
              <Text c="dimmed">{t("import.signer")}</Text>
              <span className={classes.fingerprint}>{signer.kid}</span>
            </div>
            <TextInput
              label={t("import.fingerprint")}
              description={t("import.fingerprint_hint")}
              value={fingerprint}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setFingerprint(event.currentTarget.value)}
            />
            <div>
              <Button
                disabled={fingerprint.trim() === ""}
                loading={send.isPending}
                onClick={() => send.mutate(fingerprint.trim())}
              >
                {t("import.confirm")}
              </Button>
            </div>
          </Stack>
        </Alert>
      ) : (
        <>
          <ProblemAlert error={send.error} />
          {fields.length > 0 ? (
            <ul className={classes.plain}>
              {fields.slice(0, 10).map(([field, message]) => (
                <li key={field}>
                  <span className={classes.fingerprint}>{field}</span>: {message}
                </li>
              ))}
            </ul>
          ) : null}
          <div>
            <Button
              disabled={!chosen?.text}
              loading={send.isPending}
              onClick={() => send.mutate("")}
            >
              {t("import.act")}
            </Button>
          </div>
        </>
      )}
    </Stack>
  );
}
