/** The peer: express-pouchdb with only what a PouchDB needs, and its page, on one free port. */
import express from "express";
import pouchApp from "express-pouchdb";
import { readFile } from "node:fs/promises";
import PouchDB from "pouchdb";

const [folder, pages, documents] = process.argv.slice(2);

const app = express();
app.use(express.static(pages));
const Office = PouchDB.defaults({ prefix: `${folder}/` });
app.use(
  "/db",
  pouchApp(Office, { mode: "minimumForPouchDB", inMemoryConfig: true }),
);

const server = app.listen(0, "127.0.0.1", async () => {
  const { port } = server.address();
  // Through its own door: it serves only what it saw being made.
  const office = new PouchDB(`http://127.0.0.1:${port}/db/office`);
  await office.bulkDocs(JSON.parse(await readFile(documents, "utf-8")));
  console.log(port);
});
