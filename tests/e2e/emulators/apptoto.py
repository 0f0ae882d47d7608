"""Apptoto, from the sandbox notes of its fact file."""

import base64
import json
import re

from .base import Emulator, Response


class Apptoto(Emulator):
    user = "sandbox"
    api_key = "sandbox"
    country_code = "+1"
    bad_item = "all"         # "all": one bad contact refuses the request (422); "partial": the others are stored
    collision = "second"     # POST of a known external_id: "second" contact, "refuse" (422), "update"
    chokes_above = None      # more items: 502 after storing the first `chokes_above`
    success = 200
    missing = 404            # answer for a contact that is not there: 404, or 200 with null
    refuses = staticmethod(lambda item: None)  # a reason, for an item that looks fine
    partial_shape = "error"  # "error": the bad item comes back with an error member; "absent": it is missing

    def __init__(self, **options):
        super().__init__(**options)
        self.books = {123: "Clients", 456: "Suppliers"}
        self.contacts = []
        self.number = 9000

    def refusal(self, status):
        if status == 502:
            return Response(502, b"<html><body>Bad Gateway</body></html>", kind="text/html")
        headers = {"WWW-Authenticate": 'Basic realm="Application"'} if status == 401 else {}
        return Response(status, {"error": f"Emulated {status}"}, headers)

    def refused(self, status, message):
        return Response(status, {"errors": [message]})

    def throttled(self, request, seconds):
        return Response(429, {"error": "Too many requests"}, {"Retry-After": str(int(seconds) + 1)})

    def handle(self, request):
        expected = "Basic " + base64.b64encode(f"{self.user}:{self.api_key}".encode()).decode()
        if request.header("Authorization") != expected:
            return self.refusal(401)
        route = (request.method, request.path)
        if route == ("GET", "/v1/address_books"):
            return Response(200, {"address_books": [{"id": i, "name": n, "phone_types": ["Mobile", "Office", "Home"],
                                                     "email_types": ["Home", "Work"]} for i, n in self.books.items()]})
        if route == ("GET", "/v1/contact"):
            found = [c for c in self.contacts if ("id" in request.query and str(c["id"]) == request.query["id"])
                     or ("external_id" in request.query and c["external_id"] == request.query["external_id"])]
            if found:
                return Response(200, found[0])
            return self.refused(404, "Not found") if self.missing == 404 else Response(200, b"null")
        if route == ("GET", "/v1/contacts"):
            size, page = int(request.query.get("page_size", 30)), int(request.query.get("page", 1))
            return Response(200, {"contacts": self.contacts[(page - 1) * size:page * size]})
        if request.path == "/v1/contacts" and request.method in ("POST", "PUT"):
            return self.take(request)
        return self.refused(404, "Not found")

    def fault_of(self, item, put):
        """Why an item cannot be taken."""
        if not isinstance(item, dict):
            return "contact must be an object"
        old = self.known(item) if put else None
        if not old:
            if "address_book" not in item and "address_book_id" not in item:
                return "address_book or address_book_id is required"
            if not item.get("name") and not (item.get("first_name") and item.get("last_name")):
                return "name is required"
        if "address_book_id" in item:
            if type(item["address_book_id"]) is not int:
                return "address_book_id must be an integer"
            if item["address_book_id"] not in self.books:
                return "address book not found"
        for single, many in (("phone", "phone_numbers"), ("email", "email_addresses")):
            if single in item and many in item:
                return f"{single} and {many} exclude each other"
            if sum(bool(x.get("is_primary")) for x in item.get(many, [])) > 1:
                return f"more than one primary of {many}"
        if any(not isinstance(x.get("number"), str) or not x["number"] for x in item.get("phone_numbers", [])):
            return "number is required"
        if not put and self.collision == "refuse" and self.known(item):
            return "external_id has already been taken"
        return self.refuses(item)

    def known(self, item):
        return next((c for c in self.contacts if ("id" in item and c["id"] == item["id"])
                     or (item.get("external_id") and c["external_id"] == item["external_id"])), None)

    def take(self, request):
        if "application/json" not in request.header("Content-Type", ""):
            return self.refusal(415)
        try:
            items = request.json()["contacts"]
        except (ValueError, KeyError, TypeError):
            return self.refused(400, "contacts is required")
        if not isinstance(items, list):
            return self.refused(400, "contacts must be an array")
        put = request.method == "PUT"
        if self.chokes_above is not None and len(items) > self.chokes_above:
            for item in items[:self.chokes_above]:
                self.store(item, put)
            return self.refusal(502)
        faults = [self.fault_of(item, put) for item in items]
        if self.bad_item == "all" and any(faults):
            return self.refused(422, next(f for f in faults if f))
        answer = []
        for item, fault in zip(items, faults):
            if not fault:
                answer.append(self.store(item, put))
            elif self.partial_shape == "error":
                answer.append({"external_id": item.get("external_id"), "error": fault})
        return Response(self.success, {"contacts": answer})

    def store(self, item, put):
        old = self.known(item) if put or self.collision == "update" else None
        if old:
            contact = old
        else:
            self.number += 1
            book = item.get("address_book_id")
            if book is None:
                book = next((i for i, n in self.books.items() if n == item["address_book"]), None)
                if book is None:
                    book = max(self.books) + 1
                    self.books[book] = item["address_book"]
            contact = {"id": self.number, "address_book_id": book, "external_id": item.get("external_id"),
                       "name": "", "phone_numbers": [], "email_addresses": []}
            self.contacts.append(contact)
        if item.get("name") or item.get("first_name"):
            contact["name"] = item.get("name") or f"{item['first_name']} {item['last_name']}"
        if "phone" in item:
            item = {**item, "phone_numbers": [{"number": item["phone"], "is_primary": True}]}
        if "email" in item:
            item = {**item, "email_addresses": [{"address": item["email"], "is_primary": True}]}
        if "phone_numbers" in item:
            contact["phone_numbers"] = [{**p, "normalized": self.normalized(p["number"])} for p in item["phone_numbers"]]
        if "email_addresses" in item:
            contact["email_addresses"] = json.loads(json.dumps(item["email_addresses"]))
        return contact

    def normalized(self, number):
        digits = re.sub(r"\D", "", number)
        return f"+{digits}" if number.startswith("+") else self.country_code + digits
