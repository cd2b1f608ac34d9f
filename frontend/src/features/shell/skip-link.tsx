import { useTranslation } from "react-i18next";
import classes from "./shell.module.css";

export const MAIN_ID = "isi";

/** First stop of the keyboard: jumps over the navigation. */
export function SkipLink() {
  const { t } = useTranslation();
  return (
    <a
      href={`#${MAIN_ID}`}
      className={classes.skip}
      onClick={(event) => {
        // A hash would enter the router's history; moving the focus is all that is wanted.
        event.preventDefault();
        document.getElementById(MAIN_ID)?.focus();
      }}
    >
      {t("shell.skip")}
    </a>
  );
}
