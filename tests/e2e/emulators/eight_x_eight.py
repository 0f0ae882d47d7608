"""8x8 Connect, from the sandbox notes of its fact file."""

import csv
import datetime
import io
import re
import uuid

from .base import Emulator, Response

ACCOUNT = "a3d3f6b0-0c5e-4a91-8f39-2b1d8d6f7a11"
MSISDN = re.compile(r"\+?[1-9][0-9]{6,14}")


class EightXEight(Emulator):
    api_key = "sandbox"
    account_id = ACCOUNT
    by_id = "bare"           # "bare": id, type, status, createdAt; "rich": the counts too
    polls = 1                # how often a job says inProgress before it is final
    final = "completed"      # or failed, stopped, timeout: then half of the rows are stored
    counts_off = (0, 0, 0)   # added to errorRows, duplicatedRows, insertedRows
    loses = staticmethod(lambda row: False)         # counted as inserted, and not stored
    invalid_file = True      # whether invalid rows can be fetched
    offset_unit = "page"     # "page" or "item"
    appears_after = 0        # polls that find no such batch (404/4018) right after 202
    refuses = staticmethod(lambda row: None)        # a reason: the row is invalid although it looks fine
    refuses_file = staticmethod(lambda rows: None)  # (status, code, message): the upload is refused

    def __init__(self, **options):
        super().__init__(**options)
        self.contacts = []
        self.groups = {11: {"name": "Newsletter", "isBlacklist": False}, 12: {"name": "VIP", "isBlacklist": False},
                       13: {"name": "Blocked", "isBlacklist": True}}
        self.batches = []
        self.number = 0

    @staticmethod
    def now():
        return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def error(self, status, code, message, headers=None):
        return Response(status, {"code": code, "message": message, "errorId": str(uuid.uuid4()), "timestamp": self.now()},
                        headers)

    def refusal(self, status):
        codes = {400: 1000, 401: 1200, 403: 1201, 404: 1300, 422: 1000, 426: 1014, 429: 1100}
        return self.error(status, codes.get(status, 2000), f"Emulated {status}")

    def throttled(self, request, seconds):
        return self.error(429, 1100, "Too many requests", {"Retry-After": str(int(seconds) + 1)})

    def add(self, msisdn, first="", last="", groups=(), age=3600):
        self.number += 1
        at = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=age)
        contact = {"id": self.number, "firstName": first, "lastName": last, "addresses": {"msisdn": msisdn.lstrip("+")},
                   "groups": list(groups), "createdAt": at.isoformat(timespec="milliseconds").replace("+00:00", "Z")}
        self.contacts.append(contact)
        return contact

    def handle(self, request):
        if request.path.startswith("/files/"):
            batch = next((b for b in self.batches if b["id"] in request.path), None)
            return Response(200, batch["invalid"].encode(), kind="text/csv") if batch else self.refusal(404)
        if request.header("Authorization") != f"Bearer {self.api_key}":
            return self.error(401, 1200, "Unauthorized")
        prefix = f"/api/v1/accounts/{self.account_id}"
        if not request.path.startswith(prefix + "/"):
            return self.error(403, 1201, "Forbidden")
        route = request.path[len(prefix):]
        if (request.method, route) == ("POST", "/contacts/batches/createContacts"):
            return self.take(request)
        if request.method != "GET":
            return self.refusal(404)
        if route == "/batches":
            return self.page(request, [self.view(b, True) for b in reversed(self.batches)
                                       if request.query.get("type") in (None, b["type"])])
        if route.startswith("/batches/"):
            return self.poll(route.rpartition("/")[2])
        if route == "/contacts":
            return self.search(request)
        if route == "/groups":
            return self.page(request, [self.group(i) for i in self.groups])
        if route.startswith("/groups/"):
            name = route.rpartition("/")[2]
            return Response(200, self.group(int(name))) if name.isdigit() and int(name) in self.groups else self.refusal(404)
        return self.refusal(404)

    def group(self, number):
        return {"id": number, "description": "", **self.groups[number]}

    def page(self, request, items):
        try:
            limit, offset = int(request.query.get("limit", 20)), int(request.query.get("offset", 0))
        except ValueError:
            return self.refusal(400)
        if not 1 <= limit <= 500 or offset < 0:
            return self.error(400, 1010, "limit out of range")
        start = offset * limit if self.offset_unit == "page" else offset
        pages = -(-len(items) // limit)
        return Response(200, {"items": items[start:start + limit], "page": start // limit, "totalPages": pages,
                              "totalCount": len(items), "totalFiltered": len(items), "hasPreviousPage": start > 0,
                              "hasNextPage": start + limit < len(items)})

    def search(self, request):
        query, group = request.query.get("query", ""), request.query.get("groupId")
        if len(query) > 320:
            return self.refusal(400)
        found = [c for c in self.contacts
                 if (not query or query.lower() in f"{c['addresses']['msisdn']} {c['firstName']} {c['lastName']}".lower())
                 and (not group or int(group) in c["groups"])]
        return self.page(request, found)

    def take(self, request):
        parts = request.multipart()
        if parts is None or "file" not in parts or not parts["file"][0]:
            return self.error(400, 1000, "file is required")
        name, content = parts["file"]
        if len(content) > 30_000_000:
            return self.error(400, 1010, "file too large")
        groups = []
        if "groups" in parts:
            try:
                groups = [int(g) for g in parts["groups"][1].decode().split(",")]
            except ValueError:
                return self.error(400, 1000, "groups must be integers")
            if len(groups) > 10 or any(g not in self.groups for g in groups):
                return self.error(400, 1008, "invalid group")
        has_header = parts.get("fileHasHeader", (None, b"true"))[1]
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
        if has_header == b"false":
            if "fileColumns" not in parts:
                return self.error(400, 1000, "fileColumns is required")
            columns = [c.strip() for c in parts["fileColumns"][1].decode().split(",")]
        elif has_header == b"true" and rows:
            columns = rows.pop(0)
        else:
            return self.error(400, 1000, "fileHasHeader")
        if "msisdn" not in columns or set(columns) - {"msisdn", "firstName", "lastName", "externalId", "country", "email",
                                                      "weChatUserId", "facebookUserId", "zaloId", "lineId", "kakaoTalkId"}:
            return self.error(400, 1000, "columns")
        rows = [dict(zip(columns, row)) for row in rows]
        if refused := self.refuses_file(rows):
            return self.error(*refused)
        batch = {"id": str(uuid.uuid4()), "type": "createContacts", "status": "queued", "createdAt": self.now(),
                 "fileName": name, "fileType": "csv", "rows": rows, "columns": columns, "groups": groups, "asked": 0,
                 "invalid": "", "counts": None}
        batch["fileLocation"] = f"{self.url}/files/{batch['id']}.csv"
        self.batches.append(batch)
        return Response(202, {k: batch[k] for k in ("fileName", "fileType", "fileLocation", "id", "type", "status",
                                                    "createdAt")})

    def run(self, batch):
        errors, seen, inserted, repeated = [], set(), 0, 0
        rows = batch["rows"] if self.final == "completed" else batch["rows"][:len(batch["rows"]) // 2]
        for row in rows:
            digits = row["msisdn"].lstrip("+")
            reason = None if MSISDN.fullmatch(row["msisdn"]) else "invalid msisdn"
            reason = reason or self.refuses(row)
            old = next((c for c in self.contacts if c["addresses"]["msisdn"] == digits), None)
            if reason:
                errors.append([row.get(c, "") for c in batch["columns"]] + [reason])
            elif digits in seen or old:
                repeated += 1
                if old:
                    old["groups"] = sorted({*old["groups"], *batch["groups"]})
            else:
                if not self.loses(row):
                    self.add(digits, row.get("firstName", ""), row.get("lastName", ""), batch["groups"], age=0)
                inserted += 1
            seen.add(digits)
        text = io.StringIO(newline="")
        csv.writer(text).writerows([[*batch["columns"], "error"], *errors])
        batch["invalid"] = text.getvalue()
        off = self.counts_off
        batch["counts"] = {"totalRows": len(batch["rows"]), "errorRows": len(errors) + off[0],
                           "duplicatedRows": repeated + off[1], "insertedRows": inserted + off[2]}
        if errors and self.invalid_file:
            batch["counts"]["invalidFileLocation"] = f"{self.url}/files/{batch['id']}-invalid.csv"
        batch["status"] = self.final

    def view(self, batch, rich):
        shown = {k: batch[k] for k in ("id", "type", "status", "createdAt")}
        if rich:
            shown.update({k: batch[k] for k in ("fileName", "fileType", "fileLocation")}, **(batch["counts"] or {}))
            shown["contactGroups"] = [{"id": g, "name": self.groups[g]["name"]} for g in batch["groups"]]
        return shown

    def poll(self, number):
        batch = next((b for b in self.batches if b["id"] == number), None)
        if not batch:
            return self.error(404, 4018, "Invalid job id")
        batch["asked"] += 1
        if batch["asked"] <= self.appears_after:
            return self.error(404, 4018, "Invalid job id")
        if batch["counts"] is None:
            if batch["asked"] > self.polls + self.appears_after:
                self.run(batch)
            else:
                batch["status"] = "inProgress"
        return Response(200, self.view(batch, self.by_id == "rich"))

    def settle(self):
        """Finishes what is queued, as the vendor does whether or not somebody polls."""
        with self.lock:
            for batch in self.batches:
                if batch["counts"] is None:
                    self.run(batch)
