<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
    <name>visgate::ui::SpendPage</name>
    <message numerus="yes">
        <source>Stopping: %n worker(s) still run.</source>
        <translation>
            <numerusform>Stopping: %n worker still runs.</numerusform>
            <numerusform>Stopping: %n workers still run.</numerusform>
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
</TS>
