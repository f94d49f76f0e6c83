import pLimit from "p-limit";

/** Hears how many of how many were read. */
export type OnRead = (read: number, all: number) => void;

/** Reads something of each item, a few at a time. The first failure ends it: nothing more is asked. */
export async function readEach<T, R>(
  items: readonly T[],
  onRead: OnRead,
  readOne: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const limit = pLimit(8);
  let read = 0;
  const reading = items.map((item) =>
    limit(async () => {
      const result = await readOne(item);
      onRead((read += 1), items.length);
      return result;
    }),
  );
  try {
    return await Promise.all(reading);
  } catch (error) {
    limit.clearQueue();
    throw error;
  }
}
