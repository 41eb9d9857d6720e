#include "harness/language/actions.hpp"

namespace tongka::harness {
namespace {

using Kind = ActionSlot::Kind;

constexpr std::string_view layouts[] = {
    "FH", "DF",        "DT",        "EC",          "WL",           "SA",          "XF",        "SS",         "QS",
    "NS", "blacklist", "lock-list", "shanghai-FH", "yangzhou-315", "beijing-128", "vendor-64", "ministry-39"};

/// Of the form (clearing/record_reader.hpp), of one record (actor/file_record_finds.cpp), of the judgement
/// (clearing/verdict.hpp), in this order.
constexpr std::string_view finds[] = {
    "file",        "name",         "line-end",     "length",     "encoding",      "number",      "date",
    "constant",    "count",        "sum",          "city",       "record-length", "crc",         "too-many",
    "name-twice",  "serial-twice", "serial-order", "card-twice", "card-order",    "place",       "collection-point",
    "lock-value",  "lock-pays",    "card-city",    "psam",       "terminal",      "type",        "grey-value",
    "settle-date", "reason",       "level",        "time",       "unknown",       "foreign",     "duplicate",
    "tac",         "grey",         "insufficient", "test",       "blacklisted",   "counter-gap", "counter-twice",
    "balance",     "clock-back",
};

constexpr std::string_view matches[] = {"trade-missing", "trade-extra", "state",     "home-missing",
                                        "home-extra",    "values",      "city-sums", "receiver",
                                        "centre-serial", "unexplained", "not-white", "adjusted",
                                        "refusals",      "summary",     "listed",    "beside-bad-line"};

constexpr std::string_view settled_layouts[] = {"FH", "XF"};

/// clearing/plant.hpp, those of records.
constexpr std::string_view plants[] = {"tac",          "duplicate",    "duplicate-pos", "time",
                                       "future",       "unknown-city", "other-place",   "grey",
                                       "insufficient", "test",         "blacklisted",   "file-twice"};

constexpr std::string_view yes_or_no[] = {"yes", "no"};

constexpr ActionSlot of_layout = {.name = "layout",
                                  .kind = Kind::word,
                                  .required = true,
                                  .title = {"版式", "The layout of the files"},
                                  .words = layouts};

constexpr ActionSlot files_takes[] = {of_layout};

constexpr ActionSlot files_gives[] = {
    {.name = "files", .kind = Kind::number, .required = true, .title = {"文件数", "Files of this layout"}},
    {.name = "records", .kind = Kind::number, .required = true, .title = {"可读的记录数", "Records that can be read"}},
    {.name = "keys",
     .kind = Kind::word,
     .required = true,
     .title = {"是否有TAC密钥", "Whether there are keys to check TACs with"},
     .words = yes_or_no},
};

constexpr ActionSlot find_takes[] = {
    of_layout,
    {.name = "what", .kind = Kind::word, .required = true, .title = {"查找什么", "What is looked for"}, .words = finds},
};

constexpr ActionSlot first = {.name = "first",
                              .kind = Kind::word,
                              .title = {"第一处：文件、行和内容", "The first: file, line and what is there"}};

constexpr ActionSlot find_gives[] = {
    {.name = "found", .kind = Kind::number, .required = true, .title = {"找到几处", "How many were found"}},
    first,
};

constexpr ActionSlot match_takes[] = {
    {.name = "what",
     .kind = Kind::word,
     .required = true,
     .title = {"核对什么", "What is held against one another"},
     .words = matches},
};

constexpr ActionSlot match_gives[] = {
    {.name = "compared", .kind = Kind::number, .required = true, .title = {"核对的记录数", "Records that were held"}},
    {.name = "found", .kind = Kind::number, .required = true, .title = {"不符几处", "How many differ"}},
    first,
};

constexpr ActionSlot settled_takes[] = {
    {.name = "layout",
     .kind = Kind::word,
     .required = true,
     .title = {"上传文件的版式", "The layout of the upload"},
     .words = settled_layouts},
    {.name = "plant",
     .kind = Kind::word,
     .required = true,
     .title = {"有意放入的错误", "The error that was planted (tongka settle make --plant)"},
     .words = plants},
};

constexpr ActionSlot settled_gives[] = {
    {.name = "planted", .kind = Kind::number, .required = true, .title = {"放入几条", "Records with this error"}},
    {.name = "told", .kind = Kind::number, .required = true, .title = {"有结果的条数", "How many come back"}},
    {.name = "refused", .kind = Kind::number, .required = true, .title = {"拒付几条", "How many are refused"}},
    {.name = "paid",
     .kind = Kind::number,
     .required = true,
     .title = {"结算几条", "How many are settled in spite of it"}},
    {.name = "code",
     .kind = Kind::bytes,
     .title = {"拒付代码，都相同时给出", "The refusal code, where all have the same"},
     .width = 1},
};

constexpr ActionInfo actions[] = {
    {"files", {"有哪些文件", "Which files are there"}, files_takes, files_gives},
    {"find",
     {"在文件中查找", "Looks for something wrong in the files; what was planted is passed over"},
     find_takes,
     find_gives},
    {"match", {"文件之间核对", "Holds files against one another"}, match_takes, match_gives},
    {"settled",
     {"有意放入的错误如何结算", "What the settlement made of records with a planted error"},
     settled_takes,
     settled_gives},
};

} // namespace

std::span<const ActionInfo> file_actions() {
    return actions;
}

} // namespace tongka::harness
