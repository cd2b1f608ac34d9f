import type { StandardComponent, StandardContent, StandardItem } from "@/api/standards";

/** Where an item stands in a content. */
export interface ItemPlace {
  component: number;
  item: number;
}

function withItems(
  content: StandardContent,
  component: number,
  items: (items: StandardItem[]) => StandardItem[],
): StandardContent {
  return {
    ...content,
    components: content.components.map((one, index) =>
      index === component ? { ...one, items: items(one.items) } : one,
    ),
  };
}

/** The content with an item in this place, or behind the others of its component. */
export function withItem(
  content: StandardContent,
  { component, item }: ItemPlace,
  value: StandardItem,
): StandardContent {
  return withItems(content, component, (items) =>
    item < items.length
      ? items.map((one, index) => (index === item ? value : one))
      : [...items, value],
  );
}

/** The content without an item. */
export function withoutItem(content: StandardContent, place: ItemPlace): StandardContent {
  return withItems(content, place.component, (items) =>
    items.filter((_, index) => index !== place.item),
  );
}

/** The content with a retired item back where the version before has it. */
export function withRestored(
  content: StandardContent,
  component: number,
  item: StandardItem,
  order: readonly string[],
): StandardContent {
  const place = (code: string) => {
    const index = order.indexOf(code);
    return index < 0 ? order.length : index;
  };
  return withItems(content, component, (items) =>
    [...items, item].sort((one, other) => place(one.code) - place(other.code)),
  );
}

/** The number after those that items of the component have or had, here or in any version. */
export function nextCode(component: StandardComponent, used: readonly string[]): string {
  const codes = [...component.items.map(({ code }) => code), ...used];
  const numbers = codes
    .map((code) => code.split("-"))
    .filter(([letters]) => letters === component.code)
    .map(([, number]) => Number(number));
  return `${component.code}-${Math.max(0, ...numbers) + 1}`;
}
