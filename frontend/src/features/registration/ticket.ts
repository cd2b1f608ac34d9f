import { fieldOfHash, tokenOfHash } from "@/lib/hash-token";
import { readStored, writeStored } from "@/lib/stored";

/** The right to see one application without an account: its id and the token the service gave. */
export interface Ticket {
  id: string;
  token: string;
}

const KEY = "satupintu.registration";

/** The application made on, or confirmed from, this device. */
export function storedTicket(): Ticket | null {
  return readStored<Ticket>(KEY);
}

export function storeTicket(ticket: Ticket): void {
  writeStored(KEY, ticket);
}

/** The ticket of the mailed link that led here, kept on this device from now on; else the one kept. */
export function currentTicket(hash: string): Ticket | null {
  const id = fieldOfHash(hash, "id");
  const token = tokenOfHash(hash);
  if (!id || !token) return storedTicket();
  const ticket = { id, token };
  storeTicket(ticket);
  return ticket;
}

/** The header that shows the ticket. */
export function ticketHeader(ticket: Ticket): { "X-Registration-Token": string } {
  return { "X-Registration-Token": ticket.token };
}
