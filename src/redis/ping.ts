import { createConnection, createServer } from "node:net";

/** Does a Redis on this loopback port answer PONG within 300 ms? LOADING counts as no. */
export function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: "127.0.0.1", port });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(300, () => end(false));
    socket.once("error", () => end(false));
    socket.once("connect", () => socket.write("*1\r\n$4\r\nPING\r\n"));
    socket.once("data", (data) => end(data.toString().startsWith("+PONG")));
  });
}

/** The number of the server process behind this loopback port, as it says itself, or null. */
export function serverPid(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: "127.0.0.1", port });
    let text = "";
    const end = () => {
      socket.destroy();
      const pid = /^process_id:(\d+)/m.exec(text)?.[1];
      resolve(pid === undefined ? null : Number(pid));
    };
    socket.setTimeout(300, end);
    socket.once("error", end);
    socket.once("close", end);
    socket.once("connect", () => socket.write("*2\r\n$4\r\nINFO\r\n$6\r\nserver\r\n"));
    socket.on("data", (data) => {
      text += data.toString();
      if (/^process_id:\d+\r/m.test(text)) end();
    });
  });
}

/** A loopback port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
