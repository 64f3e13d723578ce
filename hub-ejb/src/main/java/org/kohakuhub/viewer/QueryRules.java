package org.kohakuhub.viewer;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;

/**
 * What users may write in SQL. Judged is the syntax tree that DuckDB itself makes of the text, and what is not known to
 * be harmless is refused. The process that runs it is shut in besides.
 */
final class QueryRules {
    private static final Set<String> EXPRESSIONS = Set.of(
            "COLUMN_REF",
            "CONSTANT",
            "COMPARISON",
            "CONJUNCTION",
            "OPERATOR",
            "BETWEEN",
            "CASE",
            "CAST",
            "TYPE",
            "FUNCTION");

    private static final Set<String> FUNCTIONS = Set.of(
            "+",
            "-",
            "*",
            "/",
            "//",
            "%",
            "**",
            "^",
            "||",
            "&",
            "|",
            "<<",
            ">>",
            "~",
            "@",
            "!",
            "~~",
            "!~~",
            "~~*",
            "!~~*",
            "~~~",
            "like_escape",
            "ilike_escape",
            "not_like_escape",
            "not_ilike_escape",
            "abs",
            "ceil",
            "ceiling",
            "floor",
            "round",
            "sign",
            "sqrt",
            "ln",
            "log",
            "log2",
            "log10",
            "exp",
            "pow",
            "power",
            "mod",
            "greatest",
            "least",
            "isnan",
            "isinf",
            "isfinite",
            "lower",
            "upper",
            "lcase",
            "ucase",
            "length",
            "len",
            "strlen",
            "char_length",
            "character_length",
            "trim",
            "ltrim",
            "rtrim",
            "left",
            "right",
            "substring",
            "substr",
            "replace",
            "reverse",
            "concat",
            "contains",
            "prefix",
            "suffix",
            "starts_with",
            "ends_with",
            "instr",
            "strpos",
            "position",
            "split_part",
            "string_split",
            "regexp_matches",
            "regexp_full_match",
            "ascii",
            "unicode",
            "coalesce",
            "ifnull",
            "nullif",
            "list_contains",
            "array_contains",
            "list_has",
            "array_has",
            "list_has_any",
            "list_has_all",
            "list_position",
            "list_extract",
            "list_value",
            "array_extract",
            "array_length",
            "struct_extract",
            "row",
            "struct_pack",
            "map_extract",
            "element_at",
            "map_keys",
            "map_values",
            "map_contains",
            "cardinality",
            "octet_length",
            "bit_length",
            "encode",
            "hash",
            "md5",
            "year",
            "month",
            "day",
            "hour",
            "minute",
            "second",
            "quarter",
            "week",
            "dayofweek",
            "dayofyear",
            "epoch",
            "epoch_ms",
            "date_part",
            "datepart",
            "date_trunc",
            "datetrunc",
            "date_diff",
            "datediff",
            "strftime",
            "strptime",
            "make_date",
            "to_days",
            "to_hours",
            "json_extract",
            "json_extract_string",
            "json_array_length",
            "json_valid",
            "json_type",
            "->",
            "->>");

    private static final Set<String> TABLE_FUNCTIONS = Set.of("unnest", "range", "generate_series");
    private static final Set<String> TABLES = Set.of("data", "dataset");

    /** The shut-in process would refuse or not know most of them; nobody needs them to look at rows. */
    private static final Pattern UNWANTED = Pattern.compile(
            "read_.*|parquet_.*|duckdb_.*|pragma_.*|glob|getenv|current_setting|getvariable|query|query_table|sniff_csv"
                    + "|.*_secret.*|write_log|sleep.*|nextval|currval|setseed|sql_auto_complete|json_execute.*"
                    + "|json_serialize_.*|current_(database|schema|schemas|user|role|catalog)|in_search_path|txid_.*");

    private QueryRules() {}

    /** A where clause stands alone here: {@code SELECT (text)}. */
    static String whereAsSelect(String where) {
        return "SELECT (" + where + "\n)";
    }

    /** A list to order by stands alone here. */
    static String orderAsSelect(String order) {
        return "SELECT 1 ORDER BY " + order + "\n";
    }

    /**
     * Lets pass one expression over columns.
     *
     * @param tree of {@link #whereAsSelect}
     * @throws HubException INVALID
     */
    static void checkWhere(JsonObject tree) {
        JsonObject select = bareSelect(tree);
        JsonArray list = select.getJsonArray("select_list");
        if (list.size() != 1 || !select.getJsonArray("modifiers").isEmpty()) {
            throw refused("where must be one expression");
        }
        expression(list.get(0));
    }

    /**
     * Lets pass expressions over columns to order by.
     *
     * @param tree of {@link #orderAsSelect}
     * @throws HubException INVALID
     */
    static void checkOrder(JsonObject tree) {
        JsonArray modifiers = bareSelect(tree).getJsonArray("modifiers");
        if (modifiers.size() != 1 || !text(modifiers.getJsonObject(0), "type").equals("ORDER_MODIFIER")) {
            throw refused("orderby must be a list of expressions");
        }
        expression(modifiers.get(0));
    }

    private static JsonObject bareSelect(JsonObject tree) {
        JsonObject select = statement(tree);
        boolean bare = text(select, "type").equals("SELECT_NODE")
                && text(select.getJsonObject("from_table"), "type").equals("EMPTY")
                && isEmpty(select, "where_clause")
                && isEmpty(select, "group_expressions")
                && isEmpty(select, "group_sets")
                && isEmpty(select, "having")
                && isEmpty(select, "qualify")
                && isEmpty(select, "sample")
                && isEmpty(select.getJsonObject("cte_map"), "map");
        if (!bare) {
            throw refused("only an expression may stand here");
        }
        return select;
    }

    private static JsonObject statement(JsonObject tree) {
        if (tree.getBoolean("error", true)) {
            throw refused(tree.getString("error_message", "no SQL"));
        }
        JsonArray statements = tree.getJsonArray("statements");
        if (statements.size() != 1) {
            throw refused("there must be one statement");
        }
        return statements.getJsonObject(0).getJsonObject("node");
    }

    private static boolean isEmpty(JsonObject node, String field) {
        JsonValue value = node.get(field);
        return value == null || value == JsonValue.NULL || value instanceof JsonArray list && list.isEmpty();
    }

    private static void expression(JsonValue value) {
        if (value instanceof JsonArray list) {
            list.forEach(QueryRules::expression);
        } else if (value instanceof JsonObject node) {
            if (node.containsKey("class")) {
                String kind = text(node, "class");
                if (!EXPRESSIONS.contains(kind)) {
                    throw refused(kind.toLowerCase(Locale.ROOT) + " expressions are not allowed");
                }
                if (kind.equals("FUNCTION") && !FUNCTIONS.contains(name(node))) {
                    throw refused("the function " + name(node) + " is not allowed");
                }
            }
            node.values().forEach(QueryRules::expression);
        }
    }

    private static String name(JsonObject function) {
        boolean qualified = !text(function, "schema").isEmpty()
                || !text(function, "catalog").isEmpty();
        return (qualified ? text(function, "schema") + '.' : "")
                + text(function, "function_name").toLowerCase(Locale.ROOT);
    }

    /**
     * Lets pass one SELECT over the data.
     *
     * @throws HubException INVALID
     */
    static void checkSelect(JsonObject tree) {
        JsonObject select = statement(tree);
        Set<String> tables = new HashSet<>(TABLES);
        commonTables(select, tables);
        select(select, tables);
    }

    private static void commonTables(JsonValue value, Set<String> tables) {
        if (value instanceof JsonArray list) {
            list.forEach(each -> commonTables(each, tables));
        } else if (value instanceof JsonObject node) {
            if (node.get("cte_map") instanceof JsonObject map && map.get("map") instanceof JsonArray entries) {
                for (JsonValue entry : entries) {
                    tables.add(entry.asJsonObject().getString("key", "").toLowerCase(Locale.ROOT));
                }
            }
            node.values().forEach(each -> commonTables(each, tables));
        }
    }

    private static void select(JsonValue value, Set<String> tables) {
        if (value instanceof JsonArray list) {
            list.forEach(each -> select(each, tables));
        } else if (value instanceof JsonObject node) {
            String type = text(node, "type");
            if (node.containsKey("table_name") && (type.equals("BASE_TABLE") || type.equals("SHOW_REF"))) {
                boolean known = tables.contains(text(node, "table_name").toLowerCase(Locale.ROOT))
                        && text(node, "schema_name").isEmpty()
                        && text(node, "catalog_name").isEmpty();
                if (!known) {
                    throw refused("there is no table but data");
                }
            }
            if (type.equals("TABLE_FUNCTION")) {
                JsonValue function = node.get("function");
                if (!(function instanceof JsonObject call) || !TABLE_FUNCTIONS.contains(name(call))) {
                    throw refused("this table function is not allowed");
                }
            }
            if (text(node, "class").equals("FUNCTION")
                    && UNWANTED.matcher(name(node)).matches()) {
                throw refused("the function " + name(node) + " is not allowed");
            }
            node.values().forEach(each -> select(each, tables));
        }
    }

    private static String text(JsonObject node, String field) {
        return node.get(field) instanceof JsonString text ? text.getString() : "";
    }

    private static HubException refused(String why) {
        return new HubException(ErrorKind.INVALID, "Invalid SQL: " + Text.shown(why));
    }
}
