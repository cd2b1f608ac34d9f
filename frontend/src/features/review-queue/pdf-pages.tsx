import { Button, Text } from "@mantine/core";
import {
  GlobalWorkerOptions,
  getDocument,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
} from "pdfjs-dist/legacy/build/pdf.mjs";
import workerAddress from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PageSkeleton } from "@/ui/loading";
import classes from "./review-queue.module.css";

GlobalWorkerOptions.workerSrc = workerAddress;

/** Pages drawn at once: a budget of 200 pages would need more memory than a phone has. */
const PAGES_AT_ONCE = 10;
/** Sharper than this a scan does not become. */
const MOST_SHARP = 2;

interface Props {
  blob: Blob;
  name: string;
  /** It is no PDF that can be drawn, or it asks for a password. */
  onUnreadable: () => void;
}

/**
 * The pages of a PDF as pictures. Browsers on phones do not show a PDF inside a page, and scripts inside a PDF are never
 * run here. The version of the library is pinned: later ones draw scans (CCITT, JBIG2) with WebAssembly only, which the
 * service's content security policy does not allow.
 */
export default function PdfPages({ blob, name, onUnreadable }: Props) {
  const { t } = useTranslation("review_queue");
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  const [shown, setShown] = useState(PAGES_AT_ONCE);
  const tell = useRef(onUnreadable);
  tell.current = onUnreadable;
  useEffect(() => {
    let task: PDFDocumentLoadingTask | undefined;
    let isOver = false;
    blob
      .arrayBuffer()
      .then((data) => {
        if (isOver) return;
        task = getDocument({
          data,
          isEvalSupported: false,
          useWasm: false,
          wasmUrl: new URL("/pdf/", document.baseURI).href,
        });
        return task.promise.then(setPdf);
      })
      .catch(() => {
        if (!isOver) tell.current();
      });
    return () => {
      isOver = true;
      void task?.destroy();
    };
  }, [blob]);
  if (!pdf) return <PageSkeleton />;
  const numbers = Array.from({ length: Math.min(shown, pdf.numPages) }, (_, index) => index + 1);
  return (
    <>
      <Text c="dimmed">{t("document.pages", { count: pdf.numPages })}</Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard */}
      <section className={classes.document} aria-label={name} tabIndex={0}>
        {numbers.map((number) => (
          <Sheet key={number} pdf={pdf} number={number} onUnreadable={onUnreadable} />
        ))}
        {shown < pdf.numPages ? (
          <Button variant="default" onClick={() => setShown(shown + PAGES_AT_ONCE)}>
            {t("document.more", { count: Math.min(PAGES_AT_ONCE, pdf.numPages - shown) })}
          </Button>
        ) : null}
      </section>
    </>
  );
}

interface SheetProps {
  pdf: PDFDocumentProxy;
  number: number;
  onUnreadable: () => void;
}

function Sheet({ pdf, number, onUnreadable }: SheetProps) {
  const { t } = useTranslation("review_queue");
  const canvas = useRef<HTMLCanvasElement>(null);
  const tell = useRef(onUnreadable);
  tell.current = onUnreadable;
  useEffect(() => {
    let isOver = false;
    let cancel = () => {};
    pdf
      .getPage(number)
      .then((page) => {
        const place = canvas.current;
        if (isOver || !place) return;
        const width = place.clientWidth || 600;
        const sharp = Math.min(window.devicePixelRatio || 1, MOST_SHARP);
        const natural = page.getViewport({ scale: 1 });
        const viewport = page.getViewport({ scale: (width / natural.width) * sharp });
        place.width = Math.floor(viewport.width);
        place.height = Math.floor(viewport.height);
        const task = page.render({ canvas: place, viewport });
        cancel = () => task.cancel();
        return task.promise.then(() => {
          place.dataset.drawn = "";
        });
      })
      .catch(() => {
        if (!isOver) tell.current();
      });
    return () => {
      isOver = true;
      cancel();
    };
  }, [pdf, number]);
  const label = t("document.page", { number, of: pdf.numPages });
  return <canvas ref={canvas} className={classes.sheet} role="img" aria-label={label} />;
}
