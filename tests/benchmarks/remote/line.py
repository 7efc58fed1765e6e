"""A bad line on loopback: a proxy that delays and throttles what passes, and counts it."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass, field

CHUNK = 1_400
"""Bytes that travel together: a packet of the internet."""


@dataclass
class Line:
    """Forwards connections to a port of this machine; `delay` is one way in seconds, `rate` in bytes a second."""

    target: int
    delay: float = 0.0
    rate: float = 0.0
    port: int = 0
    to_client: int = 0
    to_server: int = 0
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def __enter__(self) -> Line:
        ready = threading.Event()
        threading.Thread(target=self._run, args=(ready,), daemon=True).start()
        ready.wait(5)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop)

    def _stop(self) -> None:
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.call_later(0.1, self._loop.stop)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self.target)
        with suppress(asyncio.CancelledError):
            await asyncio.gather(self._pass(reader, back, up=True), self._pass(there, writer, up=False))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, up: bool) -> None:
        """One direction: each packet leaves when the line is free, and arrives a delay later, in order."""
        packets: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)
        arriving = asyncio.ensure_future(self._deliver(packets, writer))
        free = 0.0
        try:
            while data := await reader.read(CHUNK):
                if up:
                    self.to_server += len(data)
                else:
                    self.to_client += len(data)
                now = self._loop.time()
                free = max(free, now) + (len(data) / self.rate if self.rate else 0.0)
                await packets.put((free + self.delay, data))
                if free > now:
                    await asyncio.sleep(free - now)
        except OSError:
            pass
        await packets.put((0.0, b""))
        await arriving

    async def _deliver(self, packets: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
        try:
            while (packet := await packets.get())[1]:
                if (left := packet[0] - self._loop.time()) > 0:
                    await asyncio.sleep(left)
                writer.write(packet[1])
                await writer.drain()
        except OSError:
            pass
        writer.close()
