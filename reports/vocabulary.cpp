#include "reports/vocabulary.hpp"

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

std::string spaced(std::string_view hex) {
    if (hex.size() % 2 != 0 || hex.find(' ') != hex.npos)
        return std::string(hex);
    std::string text;
    text.reserve(hex.size() * 3 / 2);
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        if (i)
            text += ' ';
        text += hex.substr(i, 2);
    }
    return text;
}

} // namespace tongka::reports
