#!/usr/bin/python3
"""Prints the record that the golden files are made from: every verdict, every kind of line, hostile texts.

    make_sample.py > sample.jsonl
"""
import hashlib
import json


class Record:
    def __init__(self):
        self.prev = "0" * 64
        self.at = 0
        self.case = None

    def line(self, kind, **members):
        text = json.dumps({"kind": kind, "prev": self.prev, **members}, ensure_ascii=False, separators=(",", ":"))
        print(text)
        self.prev = hashlib.sha256(text.encode()).hexdigest().upper()

    def tick(self, us):
        self.at += us
        return self.at

    def begin(self, case):
        self.case, self.checks, self.began = case, 0, self.at
        self.line("begin", case=case, at=self.tick(40))

    def reset(self, device, atr, phase="setup"):
        self.line("reset", case=self.case, device=device, phase=phase, at=self.tick(2100), atr=atr)

    def exchange(self, step, command, response, us=412, device="card", place="purchase.yaml:12:7", **more):
        phase = step.split("[")[0]
        self.line("exchange", case=self.case, device=device, phase=phase, step=step,
                  place="testcases/cases/cjt304/" + place, at=self.tick(us + 31), us=us,
                  command=command.replace(" ", ""), response=response.replace(" ", ""), **more)

    def check(self, step, passed, expected, received, requirements, because=None, place="purchase.yaml:13:7", **more):
        self.checks += 1
        if because:
            more["because"] = because
        self.line("check", case=self.case, phase=step.split("[")[0], step=step,
                  place="testcases/cases/cjt304/" + place, **{"pass": passed}, expected=expected, received=received,
                  requirements=requirements, **more)

    def verdict(self, verdict, reason=None, observation=False, **more):
        if reason:
            more["reason"] = reason
        self.line("verdict", case=self.case, verdict=verdict, observation=observation, checks=self.checks,
                  at=self.tick(20), us=self.at - self.began, **more)


CARD_ATR = "3B8A80012144000000000000000161"
PSAM_ATR = "3B6D000000814F4B0186600000000000000001"
ADF = "00 A4 04 00 09 A00000000386980701 00"
FCI = ("6F 2E 84 09 A00000000386980701 A5 21 9F0C 1E 0000 2144 1000 FFFF 01 01 0001 2144000000000001 20240101 20341231 "
       "01 00 9000")

REQUIREMENTS = [
    ("304-PUR-001", "verified", "应答消费初始化", "INITIALIZE FOR PURCHASE is answered",
     "卡片返回余额、脱机交易序号、透支限额、密钥版本、算法标识和随机数。",
     "The card answers balance, offline counter, overdraft limit, key version, algorithm and random number.", "JR/T 0025.2 5.2.10", {}),
    ("304-PUR-012", "verified", "MAC1错误时拒绝扣款", "A wrong MAC1 debits nothing",
     "MAC1错误时卡片返回9302，余额与交易序号不变。",
     "When MAC1 is wrong the card answers 9302; balance and counter stay as they were.", "JR/T 0025.2 5.2.4", {}),
    ("304-PUR-014", "inferred", "MAC1错误后交易作废", "A wrong MAC1 ends the transaction",
     "MAC1错误之后须重新初始化。", "After a wrong MAC1 the purchase must be initialised anew.", "standards.md 9 row 25", {}),
    ("304-PIN-003", "single-source", "口令错误减少重试次数", "A wrong PIN costs a try",
     "返回63Cx,x为剩余次数。", "The card answers 63Cx, x being the tries left.", "FMCOS 2.0, VERIFY", {}),
    ("304-UNL-013", "single-source", "解扣MAC错误", "A wrong GMAC at DEBIT FOR UNLOCK",
     "GMAC错误返回9302并记数。", "A wrong GMAC is answered 9302 and counted.", "CJ/T 304-2017 8.4.8.13",
     {"edition": "2017", "clause": "8.4.8.13"}),
    ("333-KEY-003", "verified", "PSAM逐级分散密钥", "The PSAM diversifies its keys level by level",
     "8070按因子逐级分散消费主密钥。", "8070 diversifies the purchase master key by each factor.", "standards.md 5.2", {}),
    ("304-XSS-001", "single-source", "<script>alert('标题')</script>", "<img src=x onerror=alert(\"title\")> & </script>",
     "文字须转义]]>。", "Texts are escaped ]]> <!-- -->.", "none", {}),
]

CASES = [
    ("purchase-plain", ["304-PUR-001"], "card", "selected", "消费成功", "A plain purchase"),
    ("purchase-mac1-wrong", ["304-PUR-012"], "card", "selected", "消费的MAC1错误", "Purchase with a wrong MAC1"),
    ("purchase-mac1-twice", ["304-PUR-014"], "card", "selected", "MAC1错误后再试一次",
     "A second try after a wrong MAC1"),
    ("verify-wrong", ["304-PIN-003"], "card", "selected", "口令错误", "VERIFY with a wrong PIN"),
    ("unlock-gmac-wrong", ["304-UNL-013"], "card", "not-applicable", "解扣GMAC错误", "DEBIT FOR UNLOCK, wrong GMAC"),
    ("log-wraps", ["304-PUR-001"], "card", "selected", "明细循环覆盖", "The log wraps around"),
    ("purchase-torn", ["304-PUR-001"], "card", "not-run", "扣款时断电", "Power cut in DEBIT FOR PURCHASE"),
    ("escape", ["304-XSS-001"], "card", "selected", "<script>alert('标题')</script>",
     "<img src=x onerror=alert(\"title\")> & </script>"),
    ("psam-two-levels", ["333-KEY-003"], "psam", "selected", "PSAM两级分散", "A PSAM diversifies twice"),
    ("psam-lost", ["333-KEY-003"], "psam", "selected", "PSAM应答丢失", "The PSAM goes away"),
]
STANDARDS = {"304": "cjt304", "333": "cjt333"}


def rules():
    def rule(name, value, default, zh, en, source, confidence):
        return {"name": name, "value": value, "default": default, "source": source, "confidence": confidence,
                "title": {"zh": zh, "en": en}}
    return [
        rule("completion-without-init", "6901", "6901", "没有初始化就执行完成命令时的状态字",
             "Status word of a completion command without its INITIALIZE", "standards.md 9 row 8", "single-source"),
        rule("log-counter", "after", "before", "交易明细所记的交易序号：加1之前或之后",
             "Counter in the log record: before or after its +1", "standards.md 9 row 1", "single-source"),
        rule("wrong-mac1", "dropped", "dropped", "MAC1错误后交易是否作废", "Whether a wrong MAC1 ends the transaction",
             "standards.md 9 row 25", "inferred"),
    ]


def main():
    r = Record()
    r.line("header", format=1, tool={"name": "tongka", "version": "0.1.0"},
           suite={"version": "0.1.0", "sha256": "5A" * 32}, profile={"name": "city-union", "sha256": "C3" * 32},
           rules=rules(), ics={"EP": True, "ED": False, "grey-lock": False},
           ixit={"terminal": "112233445566", "pin-length": "3"},
           devices={"card": {"spec": "pcsc:Virtual PCD 00 00", "reader": "Virtual PCD 00 00", "protocol": "T=CL",
                             "atr": CARD_ATR, "uid": "04A1B2C3", "asn": "2144000000000001"},
                    "psam": {"spec": "pcsc:Virtual PCD 00 01", "reader": "Virtual PCD 00 01", "protocol": "T=0",
                             "atr": PSAM_ATR}},
           host={"name": "bench-3", "system": "Debian GNU/Linux 12", "cpu": "x86_64"}, seed="20240131",
           started="2024-01-31T08:15:30Z", selection=["cjt304", "psam-*"])
    for id_, confidence, zh, en, rule_zh, rule_en, basis, more in REQUIREMENTS:
        r.line("requirement", id=id_, standard=STANDARDS[id_[:3]], title={"zh": zh, "en": en},
               rule={"zh": rule_zh, "en": rule_en}, level="shall", basis=basis, confidence=confidence, testable="apdu", **more)
    for n, (id_, covers, device, selection, zh, en) in enumerate(CASES):
        standard = "cjt333" if device == "psam" else "cjt304"
        more = {}
        if selection == "not-applicable":
            more["reason"] = {"zh": "设备未声明 grey-lock", "en": "the device does not claim grey-lock"}
        if selection == "not-run":
            more["reason"] = {"zh": "读写器不能断电", "en": "the reader cannot tear"}
        r.line("case", id=id_, standard=standard, title={"zh": zh, "en": en}, covers=covers, device=device,
               source=f"testcases/cases/{standard}/purchase.yaml:{10 * n + 1}:3", selection=selection, **more)

    because = {"zh": "MAC1错误须拒绝，且不扣款", "en": "a wrong MAC1 is refused and nothing is debited"}
    init = "80 50 01 02 0B 01 00000064 112233445566 0F"
    init_answer = "000003E8 0007 000000 01 00 47800CF7 9000"

    r.begin("purchase-plain")
    r.reset("card", CARD_ATR)
    r.exchange("setup[0]/select-purse[0]", ADF, FCI, us=655, place="../../procedures/purse.yaml:4:7")
    r.exchange("steps[0]", init, init_answer, us=498)
    r.check("steps[0]", True, "9000 {balance:4} {seq:2} {overdraft:3} {key_version:1} {algorithm:1} {rand:4}",
            "9000 000003E8 0007 000000 01 00 47800CF7", ["304-PUR-001"])
    r.exchange("steps[2]", "80 54 01 00 0F 00000001 20240131 161530 9C1F00A7 08", "A1B2C3D4 0F1E2D3C 9000", us=1204)
    r.check("steps[2]", True, "9000 {tac:4} {=mac(key, amount):4}", "9000 A1B2C3D4 0F1E2D3C", ["304-PUR-001"])
    r.verdict("pass")

    r.begin("purchase-mac1-wrong")
    r.reset("card", CARD_ATR)
    r.exchange("setup[0]/select-purse[0]", ADF, FCI, us=640, place="../../procedures/purse.yaml:4:7")
    r.exchange("steps[0]", init, init_answer)
    r.check("steps[0]", True, "9000 {balance:4} {seq:2} *", "9000 000003E8 0007 00000001 00 47800CF7", ["304-PUR-012"])
    r.exchange("steps[2]", "80 54 01 00 0F 00000001 20240131 161530 1C1F00A7 08", "A1B2C3D4 0F1E2D3C 9000", us=1187,
               reason="deviation purchase-mac1-unchecked: MAC1 was not compared")
    r.check("steps[2]", False, "9302", "9000 A1B2C3D40F1E2D3C", ["304-PUR-012"], because, place="purchase.yaml:31:7",
            message="status word 9000 instead of 9302; 8 bytes of data where none are expected")
    r.exchange("cleanup[0]", "80 5C 00 02 04", "00000384 9000", us=301)
    r.check("cleanup[0]", False, "9000 000003E8", "9000 00000384", ["304-PUR-012"], place="purse.yaml:40:7",
            message={"zh": "数据第1至4字节为00000384，应为000003E8", "en": "bytes 1 to 4 of the data are 00000384, not 000003E8"},
            difference="0000 0000006C")
    r.verdict("fail", reason={"zh": "steps[2]：应为9302，实为9000", "en": "steps[2]: 9302 expected, 9000 received"},
              cleanup={"zh": "余额没有还原", "en": "the balance was not given back"})

    r.begin("purchase-mac1-twice")
    r.reset("card", CARD_ATR)
    r.exchange("steps[1]", "80 54 01 00 0F 00000001 20240131 161530 9C1F00A7 08", "9302", us=870)
    r.check("steps[1]", False, "6901", "9302", ["304-PUR-014"], "the transaction must have ended",
            message="status word 9302 instead of 6901", difference="FA03")
    r.check("steps[2]", False, "0007", "0008", ["304-PUR-014"], place="purchase.yaml:52:7",
            message="counter is 0008, not 0007 (start)", difference="000F")
    r.verdict("fail", "status word 9302 instead of 6901", observation=True)

    r.begin("verify-wrong")
    r.reset("card", CARD_ATR)
    r.exchange("steps[0]", "00 20 00 00 03 ******", "63C2", us=377)
    r.check("steps[0]", True, "63Cx", "63C2", ["304-PIN-003"])
    r.verdict("pass")

    r.begin("log-wraps")
    r.reset("card", CARD_ATR)
    r.exchange("setup[0]/purse-at-least[1]", "80 5C 00 02 04", "6985", us=288)
    r.check("setup[0]/purse-at-least[1]", False, "9000 {balance:4}", "6985", ["304-PUR-001"],
            message="status word 6985 instead of 9000")
    r.verdict("inconclusive", {"zh": "准备步骤未成功", "en": "the setup did not succeed"})

    r.begin("escape")
    r.reset("card", CARD_ATR)
    r.exchange("steps[0]", "00 B0 95 00 1E", "0000 2144 1000 FFFF 01 01 0001 2144000000000001 20240101 20341231 01 00 9000",
               reason="</script><script>alert(1)</script>")
    r.check("steps[0]", False, "<b>bold</b> & \"quoted\"", "]]> \u0001 \u2028 </script>", ["304-XSS-001"],
            "<script>alert('because')</script>", message="<svg onload=alert(1)>", difference="00")
    r.exchange("steps[1]", "80 F", "")
    r.exchange("steps[2]", "FF", "90")
    r.verdict("fail", "<i>reason</i> & {{mustache}} {{{raw}}}")

    r.begin("psam-two-levels")
    r.reset("psam", PSAM_ATR)
    command = ("80 70 00 00 24 47800CF7 0007 00000064 06 20240131 161530 01 00 2144000000000001 2144FF0000000000").replace(" ", "")
    r.exchange("steps[0]", command + "08", "00000001 9C1F00A7 9000", us=2310, device="psam",
               tpdus=[{"command": command, "response": "6108"}, {"command": "00C0000008", "response": "000000019C1F00A79000"}])
    r.check("steps[0]", True, "9000 {terminal_seq:4} {=mac(key, data):4}", "9000 00000001 9C1F00A7", ["333-KEY-003"])
    r.verdict("pass")

    r.begin("psam-lost")
    r.reset("psam", PSAM_ATR)
    r.exchange("steps[0]", "80 72 00 00 04 0F1E2D3C", "", us=20013, device="psam")
    r.verdict("error", {"zh": "PSAM没有应答", "en": "the answer of the PSAM was lost"})

    r.line("end", at=r.tick(50), totals={"pass": 3, "fail": 2, "observation": 1, "inconclusive": 1, "error": 1,
                                         "not_applicable": 1, "not_run": 1})


main()
