#!/usr/bin/env python3
"""Draws what the progress line looks like: runs relay in tmux against a server that breaks and stalls on purpose, keeps
the screen at four moments, and writes them as one SVG. Rates and times differ a little from run to run: they are drawn
as the server's pace makes them, so that two runs draw the same.

usage: picture.py RELAY FILE.svg
"""
import html
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time

MIB = 1 << 20
TOTAL = 240 * MIB
RATE = 12 * MIB
BREAK = 132 * MIB
STALL = 192 * MIB
COLUMNS = 92
PIECES_PER_SECOND = 100

# What is waited for on the screen, and the time that it shows then at the server's pace.
MOMENTS = [
    ("It comes.", r"^ 45% .* left$", "0:11"),
    ("It breaks, and goes on where it broke.", r"^ 70% .* left$", "0:06"),
    ("The server is silent.", r"upstream silent for 4 s, giving up at 30 s$", ""),
    ("It is there.", r"^image\.iso: 240 MiB in .* continued once$", ""),
]

moved_on = threading.Event()


def send(connection, start):
    """The body from there on, at its rate, up to the byte where it is to break or to stall."""
    piece = bytes(RATE // PIECES_PER_SECOND)
    begun, position, since = time.monotonic(), start, start
    while position < TOTAL:
        if start == 0 and position >= BREAK:
            return
        if position >= STALL and not moved_on.is_set():
            moved_on.wait()
            begun, since = time.monotonic(), position
        count = min(len(piece), TOTAL - position)
        connection.sendall(piece[:count])
        position += count
        time.sleep(max(0, begun + (position - since) / RATE - time.monotonic()))


def answer(connection):
    with connection:
        head = b""
        while b"\r\n\r\n" not in head:
            got = connection.recv(4096)
            if not got:
                return
            head += got
        wanted = re.search(rb"(?i)range: bytes=(\d+)-(\d*)", head)
        start = int(wanted[1]) if wanted else 0
        end = int(wanted[2]) + 1 if wanted and wanted[2] else TOTAL
        status = "206 Partial Content" if wanted else "200 OK"
        fields = f'ETag: "v1"\r\nContent-Length: {end - start}\r\n'
        if wanted:
            fields += f"Content-Range: bytes {start}-{end - 1}/{TOTAL}\r\n"
        connection.sendall(f"HTTP/1.1 {status}\r\n{fields}\r\n".encode())
        if end < TOTAL:
            connection.sendall(bytes(end - start))
        else:
            send(connection, start)


def serve(listening):
    while True:
        connection, _ = listening.accept()
        threading.Thread(target=answer, args=(connection,), daemon=True).start()


def steady(screen, left):
    """With the rate and the times that the server's pace makes."""
    screen = re.sub(r"in [0-9.]+ s, +[0-9.]+ MiB/s", "in 24.2 s, 9.92 MiB/s", screen)
    screen = re.sub(r"[0-9.]+ MiB/s  [0-9:]+ left", f"{RATE // MIB}.0 MiB/s  {left} left", screen)
    return re.sub(r"(\d+)%(.*) \d+ of 240", lambda match: f"{match[1]}%{match[2]} {int(match[1]) * 12 // 5} of 240", screen)


def pieces(line):
    """The line's pieces of one colour each, as tmux tells them by escape sequences."""
    style, found = "", []
    for text in re.split(r"(\x1b\[[0-9;]*m)", line):
        if not text.startswith("\x1b"):
            if text:
                found.append((style, text))
            continue
        for code in text[2:-1].split(";"):
            if code == "39" and style == "rest":
                continue  # It is dim, in no colour of its own.
            style = {"32": "done", "33": "held", "2": "rest"}.get(code, "" if code in ("", "0", "39") else style)
    return found


def drawn(frames):
    width, high = COLUMNS * 8.4 + 32, 19
    rows, y = [], 34
    for title, screen in frames:
        rows.append(f'<text class="title" x="16" y="{y}">{html.escape(title)}</text>')
        y += high
        for line in screen.split("\n"):
            x, row = 0, ""
            for style, text in pieces(line):
                place = f'x="{16 + x * 8.4:.1f}" textLength="{len(text) * 8.4:.1f}"'
                row += f'<tspan class="{style}" {place}>{html.escape(text)}</tspan>'
                x += len(text)
            rows.append(f'<text y="{y}" xml:space="preserve">{row}</text>')
            y += high
        y += high // 2
    style = (
        "text{font:14px ui-monospace,Menlo,Consolas,monospace;fill:#d8dee9}.title{fill:#8893a7;font-style:italic}"
        ".done{fill:#98c379}.held{fill:#e5c07b}.rest{fill:#5c6577}rect{fill:#1d2129}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {y}" role="img"'
        ' aria-label="relay fetches a file over a connection that breaks and a server that stalls">\n'
        f'<style>{style}</style>\n<rect width="100%" height="100%" rx="8"/>\n' + "\n".join(rows) + "\n</svg>\n"
    )


def main(relay, picture):
    listening = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=serve, args=(listening,), daemon=True).start()
    port = listening.getsockname()[1]
    with tempfile.TemporaryDirectory() as place:
        tmux = ["tmux", "-u", "-S", f"{place}/tmux", "-f", "/dev/null"]

        def screen():
            shown = subprocess.run(tmux + ["capture-pane", "-p", "-e"], check=True, capture_output=True, text=True)
            return shown.stdout.rstrip()

        # The name in the URL leads to the server here.
        shell = f"""relay() {{ command '{relay}' "$@" --no-config --connect-to example.org:80:127.0.0.1:{port}; }};
            export LC_ALL=C.UTF-8 TERM=xterm-256color; cd {place}; PS1='$ '; clear"""
        subprocess.run(tmux + ["new-session", "-d", "-x", str(COLUMNS), "-y", "8", "exec bash --norc --noprofile"], check=True)
        subprocess.run(tmux + ["send-keys", "-l", " ".join(shell.split("\n")) + "\n"], check=True)
        time.sleep(1)
        command = "relay get --idle-timeout 30 -o image.iso http://example.org/image.iso\n"
        subprocess.run(tmux + ["send-keys", "-l", command], check=True)
        frames = []
        try:
            for title, moment, left in MOMENTS:
                end = time.monotonic() + 60
                seen = screen()
                while not any(re.search(moment, re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in seen.split("\n")):
                    if time.monotonic() > end:
                        sys.exit(f"relay: no picture: the screen never said {moment!r}:\n{seen}")
                    time.sleep(0.02)
                    seen = screen()
                frames.append((title, steady(re.sub(r"\n(\x1b\[[0-9;]*m)*\$ ?$", "", seen), left)))
                if "silent" in moment:
                    moved_on.set()
        finally:
            subprocess.run(tmux + ["kill-server"], check=True)
    with open(picture, "w", encoding="utf-8") as file:
        file.write(drawn(frames))


main(*sys.argv[1:])
