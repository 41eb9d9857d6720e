#include <cstddef>
#include <cstdint>
#include <string>

#include "harness/language/loader.hpp"

/// Loads any text as a file of cases, and what follows a line `%%` as procedures: it may be refused, and no more.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string separator = "\n%%\n";
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto split = text.find(separator);
    std::vector<tongka::harness::CaseText> procedures;
    if (split != std::string::npos)
        procedures.push_back({text.substr(split + separator.size()), "procedures", ""});
    auto suite = tongka::harness::parse_suite({{text.substr(0, split), "cases", "fuzz"}}, procedures);
    if (!suite && suite.error().message.empty())
        __builtin_trap();
    return 0;
}
