const AT_MOST_EVERY_MS = 60_000;
const AT_LEAST_EVERY_MS = 10 * 60_000;

/**
 * Looks now and then, while the page is seen, whether another version of the console is there than the one that runs here.
 *
 * @param tell is called once there is
 * @returns looks at once, as for when a part of the page is not there any more
 */
export function watchVersion(tell: () => void): () => Promise<void> {
  let looked = performance.now();
  const look = async () => {
    looked = performance.now();
    if (await isAnother().catch(() => false)) tell();
  };
  const whenSeen = (pause: number) => {
    if (!document.hidden && performance.now() - looked >= pause) void look();
  };
  document.addEventListener("visibilitychange", () => whenSeen(AT_MOST_EVERY_MS));
  setInterval(() => whenSeen(AT_LEAST_EVERY_MS), AT_MOST_EVERY_MS);
  return look;
}

/** The page names its script by what is in it. */
async function isAnother(): Promise<boolean> {
  const here = document.querySelector<HTMLScriptElement>("script[type=module]");
  const page = await fetch("/", { headers: { Accept: "text/html" }, cache: "no-store", redirect: "error" });
  const script = /src="([^"]*\/boot-[^"]*\.js)"/.exec(await page.text())?.[1];
  return page.ok && here !== null && script !== undefined && new URL(script, location.href).href !== here.src;
}
