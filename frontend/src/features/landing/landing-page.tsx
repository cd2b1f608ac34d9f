import { List, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { COMPONENTS } from "@/lib/components";
import { formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { AnchorLink, ButtonLink } from "@/ui/links";
import { PageTitle, useDocumentTitle } from "@/ui/page";
import { DoorDrawing } from "./door-drawing";
import classes from "./landing.module.css";

/** Figures of the SINDOnews report of 29 June 2019, cited on the page. */
const FIGURES = [
  ["figure_planned", 111],
  ["figure_pilots", 5],
  ["figure_surakarta", 302],
  ["figure_klaten", 639],
] as const;

const STEPS = [1, 2, 3] as const;

/** The public front page: what this is, what it asks of a district, how to begin. */
export function LandingPage() {
  const { t } = useTranslation(["landing", "common"]);
  useDocumentTitle(t("common:app.tagline"));
  return (
    <>
      <section className={classes.hero}>
        <div>
          <PageTitle className={classes.headline}>{t("title")}</PageTitle>
          <Text size="lg" mt="md" maw="38rem">
            {t("lead")}
          </Text>
          <div className={classes.heroActions}>
            <ButtonLink to="/daftar" size="lg">
              {t("common:action.register")}
            </ButtonLink>
            <ButtonLink to="/masuk" size="lg" variant="default">
              {t("have_account")}
            </ButtonLink>
          </div>
          <AnchorLink to="/daftar/status" className={classes.quietLink}>
            {t("check_status")}
          </AnchorLink>
        </div>
        <DoorDrawing />
      </section>

      <section className={classes.block}>
        <Title order={2}>{t("what_title")}</Title>
        <Text mt="sm" maw="46rem">
          {t("what_body")}
        </Text>
        <Text mt="sm" maw="46rem" fw={600}>
          {t("privacy")}
        </Text>
      </section>

      <section className={classes.block}>
        <Title order={2}>{t("figures_title")}</Title>
        <dl className={classes.figures}>
          {FIGURES.map(([key, value]) => (
            <div key={key} className={classes.figure}>
              <dt>{t(key)}</dt>
              <dd>{formatNumber(value, currentLanguage())}</dd>
            </div>
          ))}
        </dl>
        <Text size="sm" c="dimmed">
          {t("figures_source")}
        </Text>
      </section>

      <section className={classes.block}>
        <Title order={2}>{t("components_title")}</Title>
        <Text mt="sm" maw="46rem">
          {t("components_lead")}
        </Text>
        <ol className={classes.components}>
          {COMPONENTS.map((key) => (
            <li key={key}>
              <Title order={3}>{t(`common:component.${key}`)}</Title>
              <Text mt={4}>{t(`component.${key}`)}</Text>
            </li>
          ))}
        </ol>
      </section>

      <section className={classes.block}>
        <Title order={2}>{t("start_title")}</Title>
        <List type="ordered" spacing="md" mt="md" maw="46rem" size="md">
          {STEPS.map((step) => (
            <List.Item key={step}>
              <Text fw={600}>{t(`step_${step}_title`)}</Text>
              <Text>{t(`step_${step}`)}</Text>
            </List.Item>
          ))}
        </List>
        <ButtonLink to="/daftar" mt="lg">
          {t("common:action.register")}
        </ButtonLink>
      </section>
    </>
  );
}
