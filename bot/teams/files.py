"""Files people send in 1:1: fetched at once, without a token, from allowed hosts only (facts, section 5)."""

from collections.abc import Sequence

import aiohttp
from yarl import URL

from bot.teams.addresses import is_allowed
from bot.teams.errors import NotAllowed, NotSent, Refused

_REDIRECTS = 3
_CHUNK = 64 * 1024


class TooLarge(Refused):
    """The file is larger than we take."""


class Files:
    """Fetches what people upload. Addresses carry their own permission, so they are never logged."""

    def __init__(
        self, session: aiohttp.ClientSession, hosts: Sequence[str], *, local: bool, most: int
    ) -> None:
        self._session = session
        self._hosts = tuple(hosts)
        self._local = local
        self._most = most

    async def fetch(self, url: str) -> bytes:
        """The file's bytes. Raises a TeamsError whose reason holds no address."""
        for _ in range(_REDIRECTS):
            if not is_allowed(url, self._hosts, local=self._local):
                raise NotAllowed("the file is on a host that is not allowed")
            try:
                async with self._session.get(
                    url, allow_redirects=False, timeout=aiohttp.ClientTimeout(total=8)
                ) as response:
                    if response.status in (301, 302, 303, 307, 308):
                        url = str(response.url.join(URL(response.headers["Location"])))
                        continue
                    return await self._content(response)
            except (aiohttp.ClientError, TimeoutError, KeyError, ValueError) as error:
                raise NotSent(f"file not fetched: {type(error).__name__}") from None
        raise Refused("the file's address leads on and on")

    async def put(self, url: str, content: bytes) -> None:
        """Upload a file to the address Teams gave for it. Raises a TeamsError whose reason holds no address."""
        if not is_allowed(url, self._hosts, local=self._local):
            raise NotAllowed("the file is for a host that is not allowed")
        span = {"Content-Range": f"bytes 0-{len(content) - 1}/{len(content)}"}
        try:
            async with self._session.put(
                url,
                data=content,
                headers={"Content-Type": "application/octet-stream", **span},
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=10),
            ) as response:
                if response.status >= 300:
                    raise Refused(f"file not taken: {response.status}", response.status)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise NotSent(f"file not sent: {type(error).__name__}") from None

    async def _content(self, response: aiohttp.ClientResponse) -> bytes:
        if response.status != 200:
            raise Refused(f"file not fetched: {response.status}", response.status)
        content = bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK):
            content += chunk
            if len(content) > self._most:
                raise TooLarge("the file is too large")
        return bytes(content)
