"""Kore.ai, from the sandbox notes of its fact file."""

import base64
import csv
import datetime
import hashlib
import hmac
import io
import json
import re
import secrets
import time

from .base import Emulator, Response

BOT = "st-3f1c2d4e-aaaa-5bbb-8ccc-0123456789ab"
ACCOUNT = "5f9e3c2b1a0d4e6f8a7b9c0d"
COLUMNS = ["firstName", "lastName", "salutation", "cellPhoneNumber", "cellPhoneCountryCode", "cellPhoneExtension"]
LIMIT_MESSAGE = "You've exceeded the per-minute rate limit. Please wait for sometime before retrying."


def unpacked(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class KoreAi(Emulator):
    client_id = "sandbox"
    client_secret = "sandbox"
    algorithm = "HS256"
    enforce_jti = False
    bot_id = BOT
    account_id = ACCOUNT
    duplicates = "skip"      # "skip": only created rows come back; "refuse": the whole file, 400
    bad_row = "skip"         # a row that cannot be taken: "skip" it, or "refuse" the file
    limit_status = 429       # or 400, 200: only the message tells
    success = 200
    list_limit = 10          # the most that a page of the list holds
    refuses = staticmethod(lambda row: None)

    def __init__(self, **options):
        super().__init__(**options)
        self.contacts = []
        self.used = set()

    @staticmethod
    def now():
        return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def error(self, status, message, code=None, headers=None):
        return Response(status, {"errors": [{"msg": message, "code": code or status}]}, headers)

    def refusal(self, status):
        if status == 429:
            return self.error(self.limit_status, LIMIT_MESSAGE, 429)
        return self.error(status, f"Emulated {status}")

    def throttled(self, request, seconds):
        return self.error(self.limit_status, LIMIT_MESSAGE, 429, {"Retry-After": str(int(seconds) + 1)})

    def unauthorised(self, request):
        try:
            head, payload, signature = request.header("auth", "").split(".")
            header, claims = json.loads(unpacked(head)), json.loads(unpacked(payload))
            digest = {"HS256": hashlib.sha256, "HS512": hashlib.sha512}[header["alg"]]
            given = unpacked(signature)
        except (ValueError, KeyError, TypeError):
            return self.error(401, "Invalid JWT")
        expected = hmac.new(self.client_secret.encode(), f"{head}.{payload}".encode(), digest).digest()
        if header["alg"] != self.algorithm or header.get("typ") != "JWT" or not hmac.compare_digest(given, expected):
            return self.error(401, "Invalid SDK credentials", 4002)
        if claims.get("appId") != self.client_id or not claims.get("sub"):
            return self.error(401, "Invalid SDK credentials", 4002)
        now = time.time()
        if claims.get("exp", now + 1) < now:
            return self.error(401, "token expired")
        if self.enforce_jti or "jti" in claims:
            if "jti" not in claims:
                return self.error(401, "jti is required")
            if "exp" not in claims or claims["exp"] > now + 3600:
                return self.error(401, "exp of a token with jti must be within an hour")
            if self.enforce_jti and claims["jti"] in self.used:
                return self.error(401, "jti was used before, possibly a replay")
            self.used.add(claims["jti"])
        return None

    def handle(self, request):
        if refused := self.unauthorised(request):
            return refused
        if request.header("accountId") != self.account_id:
            return self.error(400, "accountId is required")
        prefix = f"/agentassist/api/v1/public/{self.bot_id}/contacts"
        if (request.method, request.path) == ("POST", prefix + "/import-contacts"):
            return self.take(request)
        if (request.method, request.path) == ("GET", prefix):
            return self.list(request)
        return self.error(404, "Not found")

    def list(self, request):
        skip, limit = int(request.query.get("skip", 0)), int(request.query.get("limit", 10))
        limit = min(limit, self.list_limit)
        return Response(200, {"results": self.contacts[skip:skip + limit], "skip": skip, "limit": limit,
                              "hasMore": skip + limit < len(self.contacts), "totalResults": len(self.contacts),
                              "totalPages": -(-len(self.contacts) // limit)})

    def known(self, phone):
        return next((c for c in self.contacts if c["cellPhone"]["phoneNumber"] == phone and c["status"] == "ACTIVE"), None)

    def add(self, row):
        contact = {"status": "ACTIVE", "firstName": row["firstName"], "lastName": row["lastName"],
                   "salutation": row["salutation"], "accountId": self.account_id, "orgId": "o-1", "createdBy": "u-1",
                   "cellPhone": {"phoneNumber": row["cellPhoneCountryCode"] + row["cellPhoneNumber"],
                                 "countryCode": row["cellPhoneCountryCode"], "extension": row["cellPhoneExtension"]},
                   "fullName": f"{row['firstName']} {row['lastName']}", "address": [], "twitterDetails": [],
                   "createdAt": self.now(), "updatedAt": self.now(), "id": secrets.token_hex(12)}
        self.contacts.append(contact)
        return contact

    def take(self, request):
        parts = request.multipart()
        if parts is None:
            return self.error(415, "multipart/form-data expected")
        if "result_file" not in parts or not parts["result_file"][0]:
            return self.error(400, "result_file is required")
        rows = list(csv.reader(io.StringIO(parts["result_file"][1].decode("utf-8"), newline="")))
        if not rows or set(rows[0]) != set(COLUMNS):
            return self.error(400, "columns")
        rows = [dict(zip(rows[0], row)) for row in rows[1:]]
        taken, bad, seen = [], [], set()
        for row in rows:
            phone = row["cellPhoneCountryCode"] + row["cellPhoneNumber"]
            if any(not row.get(c) for c in COLUMNS) or not re.fullmatch(r"\d{4,14}", row["cellPhoneNumber"]) \
                    or not re.fullmatch(r"\+\d{1,3}", row["cellPhoneCountryCode"]):
                bad.append("invalid row")
            elif reason := self.refuses(row):
                bad.append(reason)
            elif phone in seen or self.known(phone):
                if self.duplicates == "refuse":
                    return self.error(400, "Contact with the same phone number already exists")
            else:
                taken.append(row)
                seen.add(phone)
        if bad and self.bad_row == "refuse":
            return self.error(400, bad[0])
        return Response(self.success, [self.add(row) for row in taken])
