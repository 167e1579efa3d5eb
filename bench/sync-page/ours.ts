/** The app's own exchange and sealed store, without its screens. */
import { signInWith } from "@app/api/sessions";
import { ports } from "@app/lib/ports";
import { overlay } from "@app/overlays";
import type { Result } from "@app/lib/result";
import { closeStore, openStore } from "@app/store/current";
import { dataKey } from "@app/store/sealing";
import type { Dossier } from "@app/store/dossiers";
import { installOverlay } from "@app/store/overlaid";
import type { Store } from "@app/store/types";
import { enrolled } from "@app/sync/enrolling";
import { syncOnce } from "@app/sync/once";
import { newEntry } from "@app/sync/record";
import { inTurn } from "@app/sync/turn";

type Household = Extract<Dossier, { kind: "household" }>;

installOverlay(overlay);

const ANSWERS = ["goes_well", "could_be_better"] as const;
let store: Store | null = null;

function sure<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
}

function opened(): Store {
  if (store === null) throw new Error("No store is open");
  return store;
}

const ours = {
  /** Signed in, the store open with its key in memory, the phone known to the server. */
  async prepare(email: string, password: string): Promise<void> {
    const account = sure(await signInWith(email, password));
    closeStore();
    store = sure(
      await openStore(account.id, await dataKey(ports.random.bytes(32))),
    );
    sure(await enrolled(store));
  },

  /** One sync, as the engine does it; gives its milliseconds. */
  async sync(): Promise<number> {
    const begun = performance.now();
    const done = await inTurn(opened(), () => syncOnce(opened()));
    const took = performance.now() - begun;
    if (done === null) throw new Error("Another tab was at it");
    sure(done);
    return took;
  },

  /** Another answer about one life domain, in so many households; waits in the outbox. */
  async change(count: number): Promise<void> {
    const households = sure(
      await opened().dossiersOf("household"),
    ) as Household[];
    const entries = households.slice(0, count).map(({ id, body }) => {
      const from = body.assessments["money_and_schemes"];
      const answer = ANSWERS[from === ANSWERS[0] ? 1 : 0];
      const said = {
        conversation_id: body.conversation?.id ?? "",
        domain: "money_and_schemes",
      };
      return newEntry({
        kind: "domain.assess",
        dossier_id: id,
        body: { ...said, answer, from: from ?? null },
      } as Parameters<typeof newEntry>[0]);
    });
    sure(
      await opened().change(() =>
        entries.map((entry) => ({ do: "queue", entry })),
      ),
    );
  },

  /** How many dossiers are here, and how many changes still wait. */
  async holds(): Promise<[number, number]> {
    const held = sure(await opened().holdings());
    return [Object.keys(held).length, sure(await opened().entries()).length];
  },
};

Object.assign(window, { bench: ours });
