/** PouchDB against the server that stands beside this page. */
import PouchDB from "pouchdb";

interface Doc {
  _id: string;
  _rev: string;
  kind: string;
  body: { assessments: Record<string, string> };
}

const local = new PouchDB<Doc>("phone");
const remote = new PouchDB<Doc>(`${location.origin}/db/office`);

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Its own default, or one size for every batch. */
function batches(size: number | null): PouchDB.Replication.ReplicateOptions {
  return size === null ? {} : { batch_size: size };
}

const peer = {
  pull: (size: number | null) =>
    timed(() => local.replicate.from(remote, batches(size))),
  push: (size: number | null) =>
    timed(() => local.replicate.to(remote, batches(size))),
  sync: (size: number | null) => timed(() => local.sync(remote, batches(size))),

  /** Another answer about one life domain, in so many documents. */
  async change(count: number): Promise<void> {
    const { rows } = await local.allDocs({ include_docs: true });
    const docs = rows.flatMap(({ doc }) =>
      doc?.kind === "household" ? [doc] : [],
    );
    const changed = docs.slice(0, count).map((doc) => ({
      ...doc,
      body: {
        ...doc.body,
        assessments: {
          ...doc.body.assessments,
          money_and_schemes: "help_wanted",
        },
      },
    }));
    await local.bulkDocs(changed);
  },

  async holds(): Promise<number> {
    return (await local.info()).doc_count;
  },
};

Object.assign(window, { bench: peer });
