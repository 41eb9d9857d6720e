#include <algorithm>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/matrix_output.hpp"

namespace tongka::cli {
namespace {

using simulator::MatrixRound;
using simulator::NetworkPlan;
using simulator::Verdict;
using simulator::verdict_count;

// Lengths in user units, one a pixel at 100 %.
constexpr unsigned pitch = 14, cell = 13, group = 10, group_gap = 4;
constexpr unsigned left = 186, top = 246, sums = 52, line = 24;

/// Colours that differ in lightness or in the blue-yellow direction, so that red-green blindness leaves them apart
/// (after Okabe and Ito, and Tol); each refusal has a letter as well.
struct Look {
    std::string_view fill;
    std::string_view letter;
    bool dark;
};
constexpr Look looks[verdict_count] = {
    {"#0072B2", "", true},   // accepted, key index 02
    {"#AA4499", "P", true},  // psam_out_of_date
    {"#DDA0C8", "D", false}, // card_out_of_date
    {"#D5D5D5", "I", false}, // not_interoperable
    {"#F0E442", "W", false}, // not_on_white_list
    {"#E69F00", "K", false}, // no_such_key
    {"#D55E00", "1", true},  // mac1_refused
    {"#661100", "2", true},  // mac2_refused
    {"#999933", "R", false}, // refused
    {"#222222", "X", true},  // key_destroyed
    {"#777777", "M", true},  // mac_not_of_home_city
    {"#882255", "T", true},  // tac_wrong
    {"#FFFFFF", "B", false}, // balance_wrong
};
constexpr Look accepted_with_first_key{"#9BCBEB", "", false};

const Look& look_of(const simulator::Outcome& outcome) {
    if (outcome.verdict == Verdict::accepted && outcome.key_index == 1)
        return accepted_with_first_key;
    return looks[static_cast<std::size_t>(outcome.verdict)];
}

unsigned at(std::size_t number) {
    return static_cast<unsigned>(number) * pitch + static_cast<unsigned>(number) / group * group_gap;
}

constexpr std::string_view style = R"(<style>
text{font-family:"Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif;fill:#222}
.city{font-size:10.5px}.code{font-size:9px;fill:#666}.sum{font-size:9px;fill:#666}.low{font-size:9px;font-weight:bold;fill:#B34700}
.zh{font-size:22px;font-weight:bold}.en{font-size:15px;fill:#444}.small{font-size:12.5px;fill:#444}.axis{font-size:13px;font-weight:bold}
.k{font-size:9px;text-anchor:middle;pointer-events:none}.w{fill:#fff}
.frame{fill:none;stroke:#000;stroke-width:2;pointer-events:none}.halo{fill:none;stroke:#fff;stroke-width:3.4;pointer-events:none}
path:hover{stroke:#000;stroke-width:1.5}
</style>
)";

class Picture {
public:
    Picture(std::ostream& out, const NetworkPlan& plan, const MatrixRound& round)
        : out_(out), plan_(plan), round_(round), side_(at(round.cities - 1) + cell) {}

    void draw() {
        const unsigned entries = static_cast<unsigned>(legend_entries().size());
        // A small network leaves the picture as wide as its words need.
        const unsigned width = std::max(left + side_ + sums, 860u);
        const unsigned height = top + side_ + sums + 34 + line * ((entries + 1) / 2) + 20;
        fmt::print(out_,
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\">\n"
                   "<rect width=\"{0}\" height=\"{1}\" fill=\"#fff\"/>\n",
                   width, height);
        out_ << style;
        draw_title();
        draw_cities();
        for (std::size_t card = 0; card < round_.cities; ++card)
            for (std::size_t terminal = 0; terminal < round_.cities; ++terminal)
                draw_cell(card, terminal);
        draw_frames();
        draw_sums();
        draw_legend(width);
        out_ << "</svg>\n";
    }

private:
    struct Entry {
        const Look* look; ///< null = the frame
        std::string zh, en;
        std::size_t count;
    };

    std::vector<Entry> legend_entries() const {
        std::size_t old_key = 0;
        for (const auto& outcome : round_.outcomes)
            old_key += outcome.verdict == Verdict::accepted && outcome.key_index == 1 ? 1 : 0;
        std::vector<Entry> entries;
        const auto add = [&](const Look* look, std::string zh, std::string en, std::size_t count) {
            if (count != 0)
                entries.push_back({look, std::move(zh), std::move(en), count});
        };
        add(&accepted_with_first_key, "接受，用第1代密钥（索引01）", "accepted with key generation 1 (index 01)",
            old_key);
        add(&looks[0], "接受，用第2代密钥（索引02）", "accepted with key generation 2 (index 02)",
            round_.accepted() - old_key);
        const auto counts = round_.counts();
        for (std::size_t i = 1; i < counts.size(); ++i) {
            const auto& text = info(static_cast<Verdict>(i)).title;
            add(&looks[i], std::string(text.zh), std::string(text.en), counts[i]);
        }
        add(nullptr, "结果与计划不符", "not as planned", round_.unplanned());
        return entries;
    }

    void draw_title() {
        const auto text = title(round_.stage);
        const unsigned number = static_cast<unsigned>(round_.stage) + 1;
        fmt::print(out_, "<text class=\"zh\" x=\"14\" y=\"34\">{}. {}</text>\n", number, text.zh);
        fmt::print(out_, "<text class=\"en\" x=\"14\" y=\"58\">{}. {}</text>\n", number, text.en);
        const std::size_t pairs = round_.outcomes.size();
        const std::size_t unplanned = round_.unplanned();
        fmt::print(out_,
                   "<text class=\"small\" x=\"14\" y=\"82\">{} · {} × {} = {} · 接受 accepted {} · "
                   "<tspan{}>与计划不符 not as planned {}</tspan></text>\n",
                   day(round_), round_.cities, round_.cities, pairs, round_.accepted(),
                   unplanned == 0 ? "" : " font-weight=\"bold\" fill=\"#B34700\"", unplanned);
    }

    void draw_cities() {
        fmt::print(out_, "<text class=\"axis\" x=\"14\" y=\"{}\">卡 Card of ↓</text>\n", top - 10);
        fmt::print(out_, "<text class=\"axis\" x=\"{}\" y=\"106\">终端 Terminal of →</text>\n", left);
        for (std::size_t i = 0; i < round_.cities; ++i) {
            const auto& city = plan_.cities[i];
            const auto label =
                fmt::format("<tspan class=\"code\">{}</tspan> {} {}", code_of(city), city.name.zh, city.name.en);
            fmt::print(out_, "<text class=\"city\" text-anchor=\"end\" x=\"{}\" y=\"{}\">{}</text>\n", left - 5,
                       top + at(i) + 10, label);
            fmt::print(out_, "<text class=\"city\" transform=\"translate({},{}) rotate(-90)\">{}</text>\n",
                       left + at(i) + 10, top - 5, label);
        }
    }

    void draw_cell(std::size_t card, std::size_t terminal) {
        const std::size_t pair = round_.at(card, terminal);
        const auto& outcome = round_.outcomes[pair];
        const auto& look = look_of(outcome);
        const auto& home = plan_.cities[card].name;
        const auto& away = plan_.cities[terminal].name;
        const unsigned x = left + at(terminal), y = top + at(card);
        fmt::print(out_, "<path fill=\"{}\" d=\"M{} {}h{}v{}h-{}z\"><title>{} → {}：{} · {} → {}: {}", look.fill, x, y,
                   cell, cell, cell, home.zh, away.zh, info(outcome.verdict).title.zh, home.en, away.en,
                   info(outcome.verdict).title.en);
        if (outcome.key_index != 0)
            fmt::print(out_, " · {:02X}", outcome.key_index);
        if (!outcome.detail.empty())
            fmt::print(out_, " · {}", outcome.detail);
        if (!round_.as_planned(pair))
            fmt::print(out_, " · 应为 should be: {} {} {:02X}", info(round_.expected[pair].verdict).title.zh,
                       info(round_.expected[pair].verdict).title.en, round_.expected[pair].key_index);
        out_ << "</title></path>";
        if (!look.letter.empty())
            fmt::print(out_, "<text class=\"k{}\" x=\"{}.5\" y=\"{}\">{}</text>", look.dark ? " w" : "", x + cell / 2,
                       y + 10, look.letter);
        out_ << '\n';
    }

    /// Around what is not as planned; drawn last, over the neighbours.
    void draw_frames() {
        for (const std::string_view kind : {"halo", "frame"})
            for (std::size_t card = 0; card < round_.cities; ++card)
                for (std::size_t terminal = 0; terminal < round_.cities; ++terminal)
                    if (!round_.as_planned(round_.at(card, terminal)))
                        fmt::print(out_, "<path class=\"{}\" d=\"M{} {}h{}v{}h-{}z\"/>\n", kind, left + at(terminal),
                                   top + at(card), cell, cell, cell);
    }

    struct Sum {
        std::size_t accepted = 0, expected = 0;
        void add(const MatrixRound& round, std::size_t pair) {
            accepted += round.outcomes[pair].verdict == Verdict::accepted ? 1 : 0;
            expected += round.expected[pair].verdict == Verdict::accepted ? 1 : 0;
        }
        [[nodiscard]] std::string_view style() const { return accepted == expected ? "sum" : "low"; }
    };

    void draw_sums() {
        const unsigned right = left + side_ + 6, bottom = top + side_ + 6;
        fmt::print(out_, "<text class=\"small\" transform=\"translate({},{}) rotate(-90)\">接受 accepted</text>\n",
                   right + 12, top - 5);
        fmt::print(out_, "<text class=\"small\" text-anchor=\"end\" x=\"{}\" y=\"{}\">接受 accepted</text>\n", left - 5,
                   bottom + 14);
        for (std::size_t i = 0; i < round_.cities; ++i) {
            Sum row, column;
            for (std::size_t j = 0; j < round_.cities; ++j) {
                row.add(round_, round_.at(i, j));
                column.add(round_, round_.at(j, i));
            }
            fmt::print(out_, "<text class=\"{}\" x=\"{}\" y=\"{}\">{}</text>\n", row.style(), right, top + at(i) + 10,
                       row.accepted);
            fmt::print(out_,
                       "<text class=\"{}\" text-anchor=\"end\" transform=\"translate({},{}) rotate(-90)\">{}</text>\n",
                       column.style(), left + at(i) + 10, bottom, column.accepted);
        }
        Sum all;
        for (std::size_t pair = 0; pair < round_.outcomes.size(); ++pair)
            all.add(round_, pair);
        fmt::print(out_, "<text class=\"{}\" x=\"{}\" y=\"{}\" style=\"font-size:12px;font-weight:bold\">{}</text>\n",
                   all.style(), right, bottom + 14, all.accepted);
    }

    void draw_legend(unsigned width) {
        const auto entries = legend_entries();
        const unsigned rows = (static_cast<unsigned>(entries.size()) + 1) / 2;
        for (unsigned i = 0; i < entries.size(); ++i) {
            const Entry& entry = entries[i];
            const unsigned x = 14 + i / rows * (width / 2), y = top + side_ + sums + 16 + i % rows * line;
            fmt::print(out_, "<path fill=\"{}\"{} d=\"M{} {}h16v16h-16z\"/>", entry.look ? entry.look->fill : "none",
                       entry.look ? "" : " stroke=\"#000\" stroke-width=\"2\"", x, y);
            if (entry.look && !entry.look->letter.empty())
                fmt::print(out_, "<text class=\"k{}\" style=\"font-size:11px\" x=\"{}\" y=\"{}\">{}</text>",
                           entry.look->dark ? " w" : "", x + 8, y + 12, entry.look->letter);
            fmt::print(out_,
                       "<text class=\"small\" x=\"{}\" y=\"{}\"><tspan font-weight=\"bold\">{}</tspan> {} {}</text>\n",
                       x + 24, y + 13, entry.count, entry.zh, entry.en);
        }
    }

    std::ostream& out_;
    const NetworkPlan& plan_;
    const MatrixRound& round_;
    unsigned side_; ///< of the field of cells
};

} // namespace

std::string stem(const MatrixRound& round) {
    return fmt::format("round-{}", static_cast<unsigned>(round.stage) + 1);
}

std::string day(const MatrixRound& round) {
    const auto& d = round.date_time;
    return fmt::format("{:02X}{:02X}-{:02X}-{:02X}", d[0], d[1], d[2], d[3]);
}

void write_svg(std::ostream& out, const NetworkPlan& plan, const MatrixRound& round) {
    Picture(out, plan, round).draw();
}

} // namespace tongka::cli
