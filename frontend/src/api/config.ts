/** Settings the page reads when it starts, so that one build can serve any installation. */
interface RuntimeConfig {
  /** Origin of the API without a trailing slash; empty when the service also serves this page. */
  api_base_url: string;
}

let base = "";

/** Origin put before every API path. */
export function apiBaseUrl(): string {
  return base;
}

export function setApiBaseUrl(url: string): void {
  base = url.replace(/\/+$/, "");
}

/** Reads `/config.json`. Without one the API is expected on this page's own origin. */
export async function loadConfig(): Promise<void> {
  try {
    const response = await fetch("/config.json", { headers: { Accept: "application/json" } });
    if (!response.ok) return;
    const config = (await response.json()) as Partial<RuntimeConfig>;
    setApiBaseUrl(config.api_base_url ?? "");
  } catch {
    // Offline or no such file: calls to the own origin will say so in their place.
  }
}
