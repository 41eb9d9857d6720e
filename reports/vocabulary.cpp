#include "reports/vocabulary.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace tongka::reports {

core::Text outcome_words(Outcome outcome) {
    switch (outcome) {
    case Outcome::pass:
        return {"通过", "Pass"};
    case Outcome::fail:
        return {"不通过", "Fail"};
    case Outcome::observation:
        return {"观察项", "Observation"};
    case Outcome::inconclusive:
        return {"无结论", "Inconclusive"};
    case Outcome::error:
        return {"错误", "Error"};
    case Outcome::not_applicable:
        return {"不适用", "Not applicable"};
    case Outcome::not_run:
        return {"未执行", "Not run"};
    }
    return {};
}

core::Text confidence_words(std::string_view confidence) {
    if (confidence == "verified")
        return {"已核实", "verified"};
    if (confidence == "single-source")
        return {"单一来源", "single source"};
    if (confidence == "inferred")
        return {"推断", "inferred"};
    return {confidence, confidence};
}

core::Text level_words(std::string_view level) {
    if (level == "shall")
        return {"应", "shall"};
    if (level == "should")
        return {"宜", "should"};
    if (level == "may")
        return {"可", "may"};
    return {level, level};
}

std::string_view standard_name(std::string_view standard) {
    if (standard == "cjt304")
        return "CJ/T 304";
    if (standard == "cjt333")
        return "CJ/T 333";
    if (standard == "gbt31778")
        return "GB/T 31778";
    return standard;
}

std::string duration_text(std::uint64_t us) {
    const auto value = static_cast<double>(us);
    if (us < 1000)
        return fmt::format("{} µs", us);
    if (us < 100'000)
        return fmt::format("{:.1f} ms", value / 1e3);
    if (us < 1'000'000)
        return fmt::format("{:.0f} ms", value / 1e3);
    if (us < 60'000'000)
        return fmt::format("{:.2f} s", value / 1e6);
    return fmt::format("{} min {} s", us / 60'000'000, us / 1'000'000 % 60);
}

bool is_hex(std::string_view text) {
    return !text.empty() && text.size() % 2 == 0 && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || c == '*';
    });
}

std::string spaced(std::string_view text) {
    if (!is_hex(text))
        return std::string(text);
    std::string apart;
    apart.reserve(text.size() * 3 / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        if (i)
            apart += ' ';
        apart += text.substr(i, 2);
    }
    return apart;
}

std::string grouped(std::string_view text) {
    std::string groups;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const auto item = text.substr(0, end);
        groups += (groups.empty() ? ""
                   : is_hex(item) ? "  "
                                  : " ") +
                  (item.size() > 4 ? spaced(item) : std::string(item));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return groups;
}

Words left_out_words(const LeftOut& group) {
    std::string zh;
    std::string en;
    std::string options;
    for (const auto& role : group.missing) {
        zh += (zh.empty() ? "" : "、") + role;
        en += (en.empty() ? "a" : " and a") + (role == "isam" ? "n " + role : " " + role);
        options += (options.empty() ? "--" : ", --") + (role == "card" ? "device" : role);
    }
    return {fmt::format("{}个用例需要{}，未列入本次运行：用{}指定", group.cases, zh, options),
            fmt::format("{} {} {} and {} left out: give {}", group.cases,
                        group.cases == 1 ? "case needs" : "cases need", en, group.cases == 1 ? "was" : "were",
                        options)};
}

Words continuation_words(const Continuation& again) {
    const auto& id = again.under_way;
    return {fmt::format("运行曾被中断，于{}继续{}", again.started, id.empty() ? "" : "；当时正在执行" + id),
            fmt::format("the run was cut off, and went on at {}{}", again.started,
                        id.empty() ? "" : "; " + id + " was under way")};
}

} // namespace tongka::reports
