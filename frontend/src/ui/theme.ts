import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** The one brand hue: a deep sea blue that stays readable as text on white (7.5:1 at shade 7). */
const laut: MantineColorsTuple = [
  "#eef6f8",
  "#d9eaef",
  "#b3d6e0",
  "#86bdcd",
  "#5aa2b8",
  "#37879f",
  "#1f6f88",
  "#145b71",
  "#0f4a5d",
  "#0b3a4a",
];

/** The one accent: turmeric. For marks and lines; as text only from shade 7 on. */
const kunyit: MantineColorsTuple = [
  "#fff7e6",
  "#fdebc4",
  "#f9d78b",
  "#f3c052",
  "#e6a72a",
  "#cf8d12",
  "#a86d08",
  "#855505",
  "#694306",
  "#4f3306",
];

export const theme = createTheme({
  colors: { laut, kunyit },
  primaryColor: "laut",
  primaryShade: 7,
  black: "#1b2a30",
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
  headings: {
    fontFamily: '"Plus Jakarta Sans Variable", system-ui, "Segoe UI", Roboto, sans-serif',
    fontWeight: "650",
    sizes: {
      h1: { fontSize: "clamp(1.5rem, 1.2rem + 1.2vw, 2rem)", lineHeight: "1.2" },
      h2: { fontSize: "1.3rem", lineHeight: "1.3" },
      h3: { fontSize: "1.1rem", lineHeight: "1.35" },
    },
  },
  fontSizes: { xs: "0.875rem", sm: "0.9375rem", md: "1rem", lg: "1.125rem", xl: "1.25rem" },
  defaultRadius: "md",
  respectReducedMotion: true,
  focusRing: "auto",
  cursorType: "pointer",
  components: {
    // 44 px targets: the comfortable size for a thumb and for an unsteady mouse.
    TextInput: { defaultProps: { size: "md" } },
    PasswordInput: { defaultProps: { size: "md" } },
    Textarea: { defaultProps: { size: "md" } },
    Autocomplete: { defaultProps: { size: "md" } },
    // Choosing what is chosen already must not empty the field; the cross does that.
    Select: { defaultProps: { size: "md", allowDeselect: false } },
    MultiSelect: { defaultProps: { size: "md" } },
    Radio: { defaultProps: { size: "md" } },
    Switch: { defaultProps: { size: "md" } },
    FileInput: { defaultProps: { size: "md" } },
    Checkbox: { defaultProps: { size: "md" } },
    Button: { defaultProps: { size: "md" } },
    ActionIcon: { defaultProps: { size: 44, variant: "subtle" } },
    Anchor: { defaultProps: { underline: "always" } },
    Badge: { defaultProps: { size: "lg", tt: "none", radius: "sm" } },
  },
});
