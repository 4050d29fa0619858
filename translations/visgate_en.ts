<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>visgate::ui::AccountTools</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>visgate::ui::DeployPanel</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) at once</source>
        <translation>
            <numerusform>%n picture at once</numerusform>
            <numerusform>%n pictures at once</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It keeps %n worker(s) running always, also while nobody draws.</source>
        <translation>
            <numerusform>It keeps %n worker running always, also while nobody draws.</numerusform>
            <numerusform>It keeps %n workers running always, also while nobody draws.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more thing(s) stand in the way, see above.</source>
        <translation>
            <numerusform>%n more thing stands in the way, see above.</numerusform>
            <numerusform>%n more things stand in the way, see above.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>visgate::ui::LogFindBar</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>visgate::ui::LogPanel</name>
    <message numerus="yes">
        <source>%n new line(s)</source>
        <translation>
            <numerusform>%n new line</numerusform>
            <numerusform>%n new lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) copied.</source>
        <translation>
            <numerusform>%n line copied.</numerusform>
            <numerusform>%n lines copied.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>visgate::ui::LogSaveBar</name>
    <message numerus="yes">
        <source>%n line(s) saved as %1</source>
        <translation>
            <numerusform>%n line saved as %1</numerusform>
            <numerusform>%n lines saved as %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>visgate::ui::MeasuredTimes</name>
    <message numerus="yes">
        <source>Measured here: %n picture(s).</source>
        <translation>
            <numerusform>Measured here: %n picture.</numerusform>
            <numerusform>Measured here: %n pictures.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>visgate::ui::OtherEndpoints</name>
    <message numerus="yes">
        <source>up to %n worker(s)</source>
        <translation>
            <numerusform>up to %n worker</numerusform>
            <numerusform>up to %n workers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>visgate::ui::PriceTable</name>
    <message numerus="yes">
        <source>At worst, %n day(s) without a picture; then it stops</source>
        <translation>
            <numerusform>At worst, %n day without a picture; then it stops</numerusform>
            <numerusform>At worst, %n days without a picture; then it stops</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>visgate::ui::SpendPage</name>
    <message numerus="yes">
        <source>Stopping: %n worker(s) still run.</source>
        <translation>
            <numerusform>Stopping: %n worker still runs.</numerusform>
            <numerusform>Stopping: %n workers still run.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n endpoint(s) of another computer or of a colleague with the same key were stopped, too.</source>
        <translation>
            <numerusform>%n endpoint of another computer or of a colleague with the same key was stopped, too.</numerusform>
            <numerusform>%n endpoints of another computer or of a colleague with the same key were stopped, too.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>visgate::ui::StatusLine</name>
    <message numerus="yes">
        <source>%n GPU worker(s) running</source>
        <translation>
            <numerusform>%n GPU worker running</numerusform>
            <numerusform>%n GPU workers running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>visgate::ui::VolumeRow</name>
    <message numerus="yes">
        <source>Used by %n endpoint(s).</source>
        <translation>
            <numerusform>Used by %n endpoint.</numerusform>
            <numerusform>Used by %n endpoints.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>visgate::ui::VolumesCard</name>
    <message numerus="yes">
        <source>%n volume(s), together %1 a month, used or not.</source>
        <translation>
            <numerusform>%n volume, together %1 a month, used or not.</numerusform>
            <numerusform>%n volumes, together %1 a month, used or not.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them is used by no endpoint.</source>
        <translation>
            <numerusform>%n of them is used by no endpoint.</numerusform>
            <numerusform>%n of them are used by no endpoint.</numerusform>
        </translation>
    </message>
</context>
</TS>
