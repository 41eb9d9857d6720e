// report.html in a real browser (Debian's chromium): what people click, type and read. Run by ctest as cli:browser.
import assert from "node:assert/strict";
import {execFileSync, spawnSync} from "node:child_process";
import {cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {pathToFileURL} from "node:url";
import {chromium} from "playwright-core";

const tongka = process.env.TONGKA, sources = process.env.TONGKA_SOURCES;
const environment = {...process.env, LC_ALL: "C.UTF-8"};
const folder = mkdtempSync(join(tmpdir(), "tongka-browser-"));
let browser;

const run = (out, ...more) =>
  spawnSync(tongka, ["run", "--device", "sim:card", "--psam", "sim:psam", "--isam", "sim:isam", "--out", join(folder, out), "--lang", "en", ...more],
    {env: environment, encoding: "utf8"});

const soak = (out, exchanges, ...more) => {
  const suite = join(folder, out + "-suite");
  mkdirSync(join(suite, "cases", "cjt304"), {recursive: true});
  mkdirSync(join(suite, "procedures"));
  cpSync(join(sources, "testcases", "catalogue"), join(suite, "catalogue"), {recursive: true});
  const cases = ["long", "short"].map((name) => `- id: ${name}
  title: {zh: 随机数, en: Random numbers}
  covers: [304-SEC-001]
  device: card
  steps:
    - repeat: 200
      steps:
${'        - send: "00 84 00 00 04"\n          expect: "9000 *"\n'.repeat(name === "long" ? exchanges / 200 : 1)}`);
  writeFileSync(join(suite, "cases", "cjt304", "cases.yaml"), cases.join(""));
  const ran = run(out, "--suite", suite, ...more);
  assert.equal(ran.status, 0, ran.stderr);
};

// A page that says what went wrong in it, and that reached for nothing outside.
const open = async (path) => {
  const page = await browser.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  page.on("request", (request) => request.url().startsWith("file:") || wrong.push(request.url()));
  await page.goto(pathToFileURL(join(folder, path)).href);
  return {page, wrong};
};
const visible = (page, selector) => page.locator(selector + ":visible").count();

before(async () => {
  assert.equal(run("bad", "--deviation", "balance-not-debited").status, 1);
  browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"]});
});
after(async () => {
  await browser?.close();
  rmSync(folder, {recursive: true});
});

test("verdicts, standards and texts filter the cases", async () => {
  const {page, wrong} = await open("bad/report.html");
  const all = await visible(page, ".case");
  const failed = Number(await page.locator(".tiles .fail strong").textContent());
  assert.ok(failed > 0 && all > failed);
  await page.locator(".tiles .fail").click();
  assert.equal(await visible(page, ".case"), failed);
  assert.equal(await visible(page, ".case.fail"), failed);
  await page.locator(".tiles .fail").click();
  await page.locator("#filter-standard").selectOption("cjt333");
  const of333 = await visible(page, ".case");
  assert.ok(of333 > 0 && of333 < all);
  await page.locator("#filter-standard").selectOption("");
  await page.locator("#filter-text").fill("304-PUR-001");
  for (const text of await page.locator(".case:visible").evaluateAll((cases) => cases.map((each) => each.dataset.text)))
    assert.match(text, /304-PUR-001/);
  assert.ok(await visible(page, ".case") > 0);
  await page.locator("#filter-text").fill("no such thing");
  assert.equal(await visible(page, "#filter-none"), 1);
  assert.deepEqual(wrong, []);
  await page.close();
});

test("a case shows its exchanges field by field, with their times, and what failed", async () => {
  const {page, wrong} = await open("bad/report.html");
  const which = page.locator(".case.fail").first();
  await which.locator("summary").click();
  assert.ok(await which.locator(".exchange .fields .label").count() > 5);
  assert.equal(await which.locator(".exchange .head .lane i").count(), await which.locator(".exchange .head .time").count());
  assert.ok(await which.locator(".exchange.bad .check.bad").count() === 1);
  assert.match(await which.locator(".check.bad").innerText(), /received/);
  assert.deepEqual(wrong, []);
  await page.close();
});

test("the matrix of requirements and verdicts shows the requirements of a number", async () => {
  const {page, wrong} = await open("bad/report.html");
  const all = await page.locator("#requirement-table tbody tr").count();
  const sum = (await page.locator(".matrix button").allTextContents()).reduce((total, count) => total + Number(count), 0);
  assert.equal(sum, all);
  const cell = page.locator(".matrix button[data-verdict=fail]").first();
  const count = Number(await cell.textContent());
  await cell.click();
  assert.equal(await visible(page, "#requirement-table tbody tr"), count);
  assert.equal(await visible(page, "#requirement-table tbody tr.fail"), count);
  await page.locator("#chosen-all").click();
  assert.equal(await visible(page, "#requirement-table tbody tr"), all);
  assert.deepEqual(wrong, []);
  await page.close();
});

test("the times show every case that ran, and lead to it", async () => {
  const {page, wrong} = await open("bad/report.html");
  const ran = await page.locator(".case").evaluateAll((cases) => cases.filter((each) => +each.dataset.us > 0).length);
  assert.equal(await page.locator("#strip a").count(), ran);
  const bar = page.locator("#waterfall a").first();
  const id = (await bar.getAttribute("href")).slice(1);
  await bar.click();
  assert.equal(await page.locator("#" + id).getAttribute("open"), "");
  assert.deepEqual(wrong, []);
  await page.close();
});

test("everything can be done with the keyboard", async () => {
  const {page, wrong} = await open("bad/report.html");
  await page.keyboard.press("/");
  await page.keyboard.type("purchase");
  assert.ok(await visible(page, ".case") < await page.locator(".case").count());
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#filter-text").inputValue(), "");
  await page.locator("#filter-text").blur();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".case").first().getAttribute("open"), "");
  await page.locator(".matrix button").first().focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".matrix button").first().getAttribute("aria-pressed"), "true");
  assert.deepEqual(wrong, []);
  await page.close();
});

test("both languages, one at a time", async () => {
  const {page, wrong} = await open("bad/report.html");
  const heading = page.locator("#cases h2");
  assert.equal(await heading.innerText(), "Cases");
  await page.locator("[data-set-lang=zh]").click();
  assert.equal(await heading.innerText(), "用例");
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
  assert.deepEqual(wrong, []);
  await page.close();
});

test("20,000 exchanges in one page", async () => {
  soak("soak", 20000);
  const {page, wrong} = await open("soak/report.html");
  const long = page.locator(".case").first();
  await long.locator("summary").click();
  const drawn = await long.locator(".exchange").count();
  assert.ok(drawn > 50 && drawn <= 200, String(drawn));
  await long.locator(".more").click();
  assert.ok(await long.locator(".exchange").count() > drawn);
  assert.deepEqual(wrong, []);
  await page.close();
});

test("a longer run has a page for each case, and a long case several", async () => {
  soak("pages", 6000);
  execFileSync(tongka, ["report", join(folder, "pages"), "--one-page", "1000"], {env: environment});
  const {page, wrong} = await open("pages/report.html");
  const long = page.locator(".case").first();
  await long.locator("summary").click();
  await long.locator("a", {hasText: "Exchanges"}).click();
  assert.match(page.url(), /report-cases\/case-0\.html$/);
  assert.ok(await page.locator(".exchange .fields .label").count() > 5);
  await page.getByText("Next page").click();
  assert.match(page.url(), /case-0-2\.html$/);
  assert.ok(await page.locator(".exchange").count() > 5);
  await page.locator(".bar a", {hasText: "Report"}).click();
  assert.match(page.url(), /report\.html#case-0$/);
  assert.deepEqual(wrong, []);
  await page.close();
});
