"""GeeLark, from the sandbox notes of its fact file."""

import hashlib
import time

from .base import Emulator, Response

PHONE = "557536075321468390"


class GeeLark(Emulator):
    """Errors come as HTTP 200 with a code. A task runs once it was asked about `polls` times (or `settle()`)."""

    token = None             # token mode
    app_id = None            # key mode
    api_key = None
    skew = None              # seconds that `ts` may be off
    phones = (PHONE,)
    polls = 0                # queries that say "in progress" before the task is final
    final = 3                # 3 completed, 4 failed, 7 cancelled
    fail_code = 20003
    half_done = False        # a failed task left the first half of its contacts
    busy_times = 0           # how often a task ends with 20002 (phone busy) before it runs
    echoes_name = True       # planName of tasks is the name that was given
    history_delay = 0        # history requests that do not show a new task yet
    refuses = staticmethod(lambda contact: None)  # a reason: the whole task is refused with 40004

    def __init__(self, **options):
        super().__init__(**options)
        self.stored = {phone: [] for phone in self.phones}
        self.tasks = []
        self.asked = []          # how many tasks each query asked about

    def reply(self, request, code=0, msg="success", data=None):
        return Response(200, {"traceId": request.header("traceId", ""), "code": code, "msg": msg, "data": data})

    def refusal(self, status):
        if status == 429:
            return Response(200, {"traceId": "", "code": 40007, "msg": "too many requests", "data": None})
        return Response(status, b"<html>gateway</html>", kind="text/html")

    def code(self, code, msg="emulated"):
        """For fault("answer", with_=…): this code, nothing done."""
        return lambda request: self.reply(request, code, msg)

    def throttled(self, request, seconds):
        return self.reply(request, 40007, "too many requests")

    def rate_key(self, request):
        return request.path

    def unauthorised(self, request):
        trace = request.header("traceId", "")
        if self.app_id and request.header("appId"):
            ts, nonce = request.header("ts", ""), request.header("nonce", "")
            text = self.app_id + trace + ts + nonce + self.api_key
            ok = (request.header("appId") == self.app_id and nonce == trace[:6] and len(ts) == 13 and ts.isdigit()
                  and request.header("sign") == hashlib.sha256(text.encode()).hexdigest().upper())
            return not ok or (self.skew and abs(int(ts) / 1000 - time.time()) > self.skew)
        return not self.token or request.header("Authorization") != f"Bearer {self.token}"

    def handle(self, request):
        if request.method != "POST":
            return Response(405, b"Method Not Allowed", kind="text/plain")
        if not request.header("traceId"):
            return self.reply(request, 40002, "traceId is empty")
        if self.unauthorised(request):
            return self.reply(request, 40003, "signature verification failed")
        try:
            body = request.json()
        except ValueError:
            return self.reply(request, 40001, "body")
        route = {"/open/v1/rpa/task/importContacts": self.create, "/open/v1/task/query": self.query,
                 "/open/v1/task/historyRecords": self.history, "/open/v1/task/restart": self.restart,
                 "/open/v1/task/cancel": self.cancel, "/open/v1/task/detail": self.detail,
                 "/open/v1/phone/status": self.phone_status,
                 "/open/v1/auth/status": lambda r, b: self.reply(r, data={})}.get(request.path)
        return route(request, body) if route else self.reply(request, 40005, "not found")

    def create(self, request, body):
        contacts = body.get("contacts")
        if type(body.get("scheduleAt")) is not int or not isinstance(body.get("id"), str) or not contacts:
            return self.reply(request, 40004, "id, scheduleAt and contacts are required")
        if len(body.get("name", "")) > 128 or len(body.get("remark", "")) > 200:
            return self.reply(request, 40004, "name or remark too long")
        if not 10**9 <= body["scheduleAt"] < 10**10:
            return self.reply(request, 40004, "scheduleAt")
        fields = {"firstName", "lastName", "mobile", "work", "fax", "email1", "email2"}
        for contact in contacts:
            if set(contact) - fields or any(not isinstance(v, str) for v in contact.values()):
                return self.reply(request, 40004, "contacts")
            if not any(contact.get(f, "").strip() for f in ("firstName", "lastName")) \
                    or not any(contact.get(f, "").strip() for f in ("mobile", "work", "fax")):
                return self.reply(request, 40004, "contact incomplete")
            if reason := self.refuses(contact):
                return self.reply(request, 40004, reason)
        if body["id"] not in self.stored:
            return self.reply(request, 42001, "phone not found")
        task = {"id": str(600000000000000000 + len(self.tasks)), "name": body.get("name", ""),
                "remark": body.get("remark", ""), "envId": body["id"], "scheduleAt": body["scheduleAt"], "status": 1,
                "contacts": contacts, "asked": 0, "failCode": 0, "busy": 0, "restarts": 0, "unseen": self.history_delay}
        self.tasks.append(task)
        return self.reply(request, data={"taskId": task["id"]})

    def run(self, task):
        if task["busy"] < self.busy_times:
            task["busy"] += 1
            task.update(status=4, failCode=20002)
            return
        task.update(status=self.final, failCode=self.fail_code if self.final == 4 else 0)
        if self.final == 3:
            self.stored[task["envId"]] += task["contacts"]
        elif self.half_done:
            self.stored[task["envId"]] += task["contacts"][:len(task["contacts"]) // 2]

    def step(self, task):
        if task["status"] in (1, 2) and time.time() >= task["scheduleAt"]:
            task["asked"] += 1
            if task["asked"] > self.polls:
                self.run(task)
            else:
                task["status"] = 2

    def settle(self):
        with self.lock:
            for task in self.tasks:
                if task["status"] in (1, 2):
                    self.run(task)

    def view(self, task):
        shown = {"id": task["id"], "planName": task["name"] if self.echoes_name else "import contacts", "taskType": 42,
                 "serialName": "phone 1", "envId": task["envId"], "scheduleAt": task["scheduleAt"],
                 "status": task["status"], "cost": 0, "shareLink": ""}
        if task["status"] == 4:
            shown.update(failCode=task["failCode"], failDesc=f"failed with {task['failCode']}")
        return shown

    def query(self, request, body):
        ids = body.get("ids")
        if not isinstance(ids, list) or not 1 <= len(ids) <= 100:
            return self.reply(request, 40004, "ids")
        self.asked.append(len(ids))
        found = [t for t in self.tasks if t["id"] in ids]
        for task in found:
            self.step(task)
        return self.reply(request, data={"total": len(found), "items": [self.view(t) for t in found]})

    def history(self, request, body):
        size = body.get("size", 100)
        if type(size) is not int or not 1 <= size <= 100:
            return self.reply(request, 40008, "size")
        newest, last = [t for t in reversed(self.tasks) if t["unseen"] <= 0], body.get("lastId")
        for task in self.tasks:
            task["unseen"] -= 1
        if last:
            ids = [t["id"] for t in newest]
            newest = newest[ids.index(last) + 1:] if last in ids else []
        return self.reply(request, data={"total": len(self.tasks), "items": [self.view(t) for t in newest[:size]]})

    def detail(self, request, body):
        task = next((t for t in self.tasks if t["id"] == body.get("id")), None)
        return self.reply(request, data={**self.view(task), "logs": [], "resultImages": []}) if task \
            else self.reply(request, 40005, "not found")

    def each(self, request, ids, change):
        details = []
        for number in ids:
            task = next((t for t in self.tasks if t["id"] == number), None)
            code = 48002 if not task else change(task)
            if code:
                details.append({"id": number, "code": str(code), "msg": "failed"})
        data = {"totalAmount": len(ids), "successAmount": len(ids) - len(details), "failAmount": len(details),
                "failDetails": details}
        return self.reply(request, 0 if not details else 40009 if len(details) == len(ids) else 40006, "", data)

    def restart(self, request, body):
        def change(task):
            if task["status"] not in (4, 7):
                return 48001
            if task["restarts"] >= 5:
                return 48000
            task.update(status=1, asked=0, failCode=0, restarts=task["restarts"] + 1)
            return 0
        return self.each(request, body.get("ids", []), change)

    def cancel(self, request, body):
        return self.each(request, body.get("ids", []),
                         lambda task: 48001 if task["status"] not in (1, 2) else task.update(status=7) or 0)

    def phone_status(self, request, body):
        ids = body.get("ids", [])
        known = [i for i in ids if i in self.stored]
        details = [{"id": i, "code": 42001, "msg": "env not found"} for i in ids if i not in self.stored]
        return self.reply(request, data={"totalAmount": len(ids), "successAmount": len(known), "failAmount": len(details),
                                         "successDetails": [{"id": i, "serialName": "phone", "status": 0} for i in known],
                                         "failDetails": details})
