#include "cli/describe/completion.hpp"

#include <algorithm>

#include "cli/describe/names.hpp"

namespace tongka::cli {
namespace {

bool is_shown(const CLI::App& command) {
    return !command.get_group().empty();
}

/// The choices of `TEXT:{zh,en}`, which is how CLI11 writes a check against a list.
std::vector<std::string> choices_of(const std::string& type) {
    std::vector<std::string> choices;
    const auto open = type.find('{');
    const auto close = type.find('}', open);
    if (open == std::string::npos || close == std::string::npos)
        return choices;
    for (auto from = open + 1; from < close;) {
        const auto to = std::min(type.find(',', from), close);
        choices.push_back(type.substr(from, to - from));
        from = to + 1;
    }
    return choices;
}

Completions values_of(const CLI::Option& option, const CLI::App& command) {
    using Paths = Completions::Paths;
    const auto type = option.get_type_name();
    const auto kind = type.substr(0, type.find(':'));
    if (auto choices = choices_of(type); !choices.empty())
        return {Paths::none, choices};
    if (kind == "DEVICE" || kind == "ACTOR")
        return {kind == "ACTOR" ? Paths::files : Paths::none, simulated_names(option.get_name())};
    if (kind == "PROFILE")
        return {Paths::files, profile_names()};
    if (kind == "DIR")
        return {Paths::folders, {}};
    if (kind == "FILE" || kind == "PEM" || kind == "STORE" || kind == "FROM")
        return {Paths::files, {}};
    const auto name = option.get_name();
    if (name == "--deviation" || name == "deviation")
        return {Paths::none, deviation_ids()};
    if (name == "selection" || name == "--case")
        return {Paths::none, case_ids()};
    if (name == "id" && command.get_name() == "explain") {
        auto ids = case_ids();
        const auto requirements = requirement_ids();
        ids.insert(ids.end(), requirements.begin(), requirements.end());
        return {Paths::none, std::move(ids)};
    }
    const bool is_path = name.find("file") != std::string::npos || name.find("folder") != std::string::npos;
    return {option.get_positional() && is_path ? Paths::files : Paths::none, {}};
}

const CLI::Option* positional(const CLI::App& command, int number) {
    for (const auto* option : command.get_options([](const CLI::Option* one) { return one->get_positional(); })) {
        number -= option->get_items_expected_max();
        if (number < 0)
            return option;
    }
    return nullptr;
}

Completions option_names(const CLI::App& command) {
    Completions found;
    for (const auto* option : command.get_options())
        for (const auto& name : option->get_lnames())
            if (!option->get_group().empty())
                found.words.push_back("--" + name);
    return found;
}

const CLI::App* subcommand(const CLI::App& command, const std::string& name) {
    const auto named = command.get_subcommands([&](const CLI::App* one) { return one->get_name() == name; });
    return named.empty() ? nullptr : named.front();
}

/// Where the words before the last one have led: the command they name, and the option that still waits for a value.
struct Place {
    const CLI::App* command;
    const CLI::Option* waiting = nullptr;
    int waits_for = 0;
    int positionals = 0;

    void go_on(const std::string& word) {
        if (word.size() > 1 && word.front() == '-') {
            waiting = command->get_option_no_throw(word.substr(0, word.find('=')));
            waits_for = waiting == nullptr || word.find('=') != std::string::npos ? 0
                        : waiting->get_allow_extra_args()                         ? waiting->get_items_expected_max()
                                                          : std::min(1, waiting->get_items_expected_max());
        } else if (waits_for > 0) {
            --waits_for;
        } else if (const auto* named = subcommand(*command, word); named != nullptr) {
            *this = {named};
        } else {
            ++positionals;
        }
    }
};

} // namespace

Completions complete(const CLI::App& root, std::vector<std::string> words) {
    if (words.empty())
        words.emplace_back();
    const auto begun = words.back();
    words.pop_back();
    Place place{&root};
    for (const auto& word : words)
        place.go_on(word);

    Completions found;
    std::string before;
    if (const auto equals = begun.find('='); begun.rfind("--", 0) == 0 && equals != std::string::npos) {
        before = begun.substr(0, equals + 1);
        if (const auto* option = place.command->get_option_no_throw(begun.substr(0, equals)); option != nullptr)
            found = values_of(*option, *place.command);
    } else if (begun.rfind('-', 0) == 0) {
        found = option_names(*place.command);
    } else if (place.waits_for > 0) {
        found = values_of(*place.waiting, *place.command);
    } else {
        if (const auto* option = positional(*place.command, place.positionals); option != nullptr)
            found = values_of(*option, *place.command);
        for (const auto* command : place.command->get_subcommands([](const CLI::App* one) { return is_shown(*one); }))
            found.words.push_back(command->get_name());
    }
    for (auto& word : found.words)
        word.insert(0, before);
    std::erase_if(found.words, [&](const std::string& word) { return word.rfind(begun, 0) != 0; });
    std::sort(found.words.begin(), found.words.end());
    return found;
}

} // namespace tongka::cli
