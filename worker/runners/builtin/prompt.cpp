// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/runners/builtin/prompt.h"

#include "worker/runners/builtin/prompt_words.h"

#include <algorithm>
#include <optional>

namespace visgate::worker::builtin {
namespace {

/// One slot while a sentence is read.
using Choice = std::optional<int>;

class Sentence {
public:
    explicit Sentence(std::vector<Word> words) : m_words(std::move(words)), m_used(m_words.size()) { }

    ReadPrompt read()
    {
        m_shape = first(WordKind::Shape);
        m_size = first(WordKind::Size);
        for (std::size_t i = 0; i < m_words.size(); ++i) {
            if (m_words[i].kind == WordKind::Colour) {
                place(i);
            }
        }
        placeRest();
        return result();
    }

private:
    [[nodiscard]] Choice first(WordKind kind)
    {
        for (std::size_t i = 0; i < m_words.size(); ++i) {
            if (m_words[i].kind == kind) {
                m_used[i] = true;
                return m_words[i].value;
            }
        }
        return std::nullopt;
    }

    /// The kind of the nearest word that means something, looking forwards or backwards; sizes do not stand between a
    /// colour and its noun.
    [[nodiscard]] std::optional<std::size_t> neighbour(std::size_t from, int direction) const
    {
        auto i = static_cast<std::ptrdiff_t>(from) + direction;
        for (; i >= 0 && i < static_cast<std::ptrdiff_t>(m_words.size()); i += direction) {
            const auto kind = m_words[static_cast<std::size_t>(i)].kind;
            if (kind != WordKind::Joining && kind != WordKind::Size && kind != WordKind::Unknown) {
                return static_cast<std::size_t>(i);
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] bool is(std::optional<std::size_t> index, WordKind kind) const
    {
        return index && m_words[*index].kind == kind;
    }

    bool take(Choice& slot, std::size_t index)
    {
        if (slot) {
            return false;
        }
        slot = m_words[index].value;
        m_used[index] = true;
        return true;
    }

    /// "white background", "white over" (Turkish), "red circle"; then "on white", "background: white", "circle: red".
    void place(std::size_t index)
    {
        const auto next = neighbour(index, 1);
        const auto previous = neighbour(index, -1);
        const bool leadsShape = is(next, WordKind::Shape);
        const bool leadsGround = is(next, WordKind::Ground) || is(next, WordKind::Over);
        const bool followsGround = is(previous, WordKind::On)
            || (is(previous, WordKind::Ground) && !is(neighbour(*previous, -1), WordKind::Colour));
        if (leadsGround || (followsGround && !leadsShape)) {
            take(m_back, index);
        } else if (leadsShape || is(previous, WordKind::Shape)) {
            take(m_front, index);
        }
    }

    /// Colours that nothing nearby claims: the first is the shape's, the second the background's.
    void placeRest()
    {
        for (std::size_t i = 0; i < m_words.size(); ++i) {
            if (m_words[i].kind == WordKind::Colour && !m_used[i] && !take(m_front, i)) {
                take(m_back, i);
            }
        }
    }

    [[nodiscard]] ReadPrompt result() const
    {
        ReadPrompt read;
        const auto fill = [&read](Choice said, int otherwise, const char* name) {
            if (!said) {
                read.defaults.emplace_back(name);
            }
            return said.value_or(otherwise);
        };
        read.slots.shape = fill(m_shape, circle, "shape");
        read.slots.size = fill(m_size, large, "size");
        read.slots.front = fill(m_front, m_back == blue ? white : blue, "foreground");
        read.slots.back = fill(m_back, read.slots.front == white ? black : white, "background");
        for (std::size_t i = 0; i < m_words.size(); ++i) {
            const auto& word = m_words[i];
            const bool carriesMeaning
                = word.kind == WordKind::Shape || word.kind == WordKind::Size || word.kind == WordKind::Colour;
            if (word.kind == WordKind::Unknown || (carriesMeaning && !m_used[i] && !repeats(word))) {
                if (std::find(read.unknown.begin(), read.unknown.end(), word.text) == read.unknown.end()) {
                    read.unknown.push_back(word.text);
                }
            }
        }
        return read;
    }

    /// Saying the same thing twice ("a red circle, the circle is red") leaves nothing unsaid.
    [[nodiscard]] bool repeats(const Word& word) const
    {
        switch (word.kind) {
        case WordKind::Shape:
            return word.value == m_shape;
        case WordKind::Size:
            return word.value == m_size;
        default:
            return word.value == m_front || word.value == m_back;
        }
    }

    static constexpr int circle = 0;
    static constexpr int large = 1;
    static constexpr int blue = 2;
    static constexpr int white = 6;
    static constexpr int black = 7;

    std::vector<Word> m_words;
    std::vector<bool> m_used;
    Choice m_shape;
    Choice m_size;
    Choice m_front;
    Choice m_back;
};

} // namespace

ReadPrompt readPrompt(std::string_view prompt)
{
    return Sentence(splitWords(prompt)).read();
}

} // namespace visgate::worker::builtin
