# SPDX-License-Identifier: GPL-3.0-or-later
# Turns a data file into a C++ string, so that practice mode needs no file beside the program.
# cmake -DINPUT=a.json -DOUTPUT=a.cpp -DFUNCTION=name -P embed.cmake
file(READ ${INPUT} text)
# Compilers limit the length of one literal; adjacent ones are joined.
string(LENGTH "${text}" length)
set(literals "")
set(at 0)
while(at LESS length)
    string(SUBSTRING "${text}" ${at} 8000 piece)
    string(APPEND literals "    R\"~data~(${piece})~data~\"\n")
    math(EXPR at "${at} + 8000")
endwhile()
get_filename_component(name ${INPUT} NAME)
file(WRITE ${OUTPUT}
"// SPDX-License-Identifier: GPL-3.0-or-later
// Made from ${name} at build time.
#include \"core/practice/storage/embedded.h\"

namespace visgate::practice {

std::string_view ${FUNCTION}()
{
    static constexpr std::string_view text =
${literals}    ;
    return text;
}

} // namespace visgate::practice
")
