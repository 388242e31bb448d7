"""Keys for one run of the tests: the host's, and those of the one client that may come in."""

import asyncssh


class Keys:
    def __init__(self, folder):
        self.folder = folder
        self.host, self.client = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
        for name, key in (("host", self.host), ("client", self.client)):
            key.write_private_key(folder / name)
            key.write_public_key(folder / f"{name}.pub")
            (folder / name).chmod(0o600)

    @property
    def authorized(self):
        """The file of those who may come in."""
        return self.folder / "client.pub"

    def known_hosts(self, port):
        """A file that knows this host only."""
        path = self.folder / f"known-{port}"
        path.write_text(f"[127.0.0.1]:{port} {(self.folder / 'host.pub').read_text()}")
        return path
