"""Where Dagster remembers what happened in a run: its own SQLite files, opened once."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# The class that Dagster's manual names for dagster.yaml; it has no public path.
from dagster._core.storage.event_log import SqliteEventLogStorage
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

BUSY_SECONDS = 30


class EventLog(SqliteEventLogStorage):
    """Dagster's event log with one connection a file; its own opens, syncs and closes one for each of 3,000 events."""

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:
        self._engines: dict[str, Engine] = {}
        super().__init__(base_dir, inst_data)

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        """Nothing can be set: the files lie where Dagster would put them."""
        return {}

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> "EventLog":
        """The log of DAGSTER_HOME."""
        return cls(os.path.join(os.environ["DAGSTER_HOME"], "history", "runs"), inst_data)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            if shard not in self._engines:
                self._engines[shard] = self._open(shard)
            with self._engines[shard].begin() as conn:
                yield conn

    def _open(self, shard: str) -> Engine:
        engine = create_engine(
            self.conn_string_for_shard(shard),
            poolclass=StaticPool,
            connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        )
        event.listen(engine, "connect", _sync_seldom)
        self._initdb(engine)
        return engine

    def dispose(self) -> None:
        """Close the files, which moves what was written into them."""
        super().dispose()
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()


def _sync_seldom(connection: Any, _: Any) -> None:
    """A power cut may take a run's last events, never the file; what is certified does not depend on them."""
    connection.execute("pragma synchronous = normal")
