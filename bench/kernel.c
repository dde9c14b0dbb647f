/*
 * The kernel's loop in C: the limit that sim/kernel is measured against. Same input, same operations in the same order, same sums.
 *
 *   kernel MODE FILE COMMUNITIES THREADS
 *
 * MODE scalar: one home after the other, time inside, as sim/kernel does; to be compiled with -fno-tree-vectorize.
 * MODE vector: time outside, homes inside in lanes, time-major rows, for the compiler to vectorise; sums over homes in another
 * order. FILE: what bench/kernel/input.ts writes, doubles only. The homes are split into communities, each cleared on its
 * own, which THREADS threads take one by one. Prints a JSON object: seconds of the clock and of the processor, and totals.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SUMS = 18, COLUMNS = 15, LANES = 64 };
enum {
  LOAD_USD, LACK_KWH, LACK_USD, SPARE_KWH, SPARE_USD, CHARGED, DISCHARGED, STANDBY,
  IMPORT_KWH, IMPORT_USD, EXPORT_KWH, EXPORT_USD, BOUGHT_KWH, BOUGHT_USD, AVOIDED_USD, SOLD_KWH, SOLD_USD, FORGONE_USD
};

/* Order of HOME_COLUMNS. */
typedef struct {
  const double *load_scale, *solar_scale, *capacity, *limit, *charge, *per_charge, *discharge, *per_discharge;
  const double *min_soc, *max_soc, *standby, *kept, *calendar_fade, *fade_per_kwh, *start;
} columns;

typedef struct {
  int homes, steps, profiles, blocks;
  int *profile, *block_start;
  unsigned char *open;
  const double *load, *solar;            /* [profile][step] */
  double *load_rows, *solar_rows;        /* [step][profile], vector mode */
  const double *import_price, *export_price, *peer_price;
  columns column;
  double *energy, *soh;
  double *sums[SUMS];                    /* by home */
} input;

static double seconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

static void *room(size_t bytes) {
  void *memory = aligned_alloc(64, (bytes + 63) / 64 * 64);
  if (memory == NULL) { fputs("no memory\n", stderr); exit(1); }
  memset(memory, 0, bytes);
  return memory;
}

/* ---- one home after the other, time inside ---- */

static void step_homes(const input *in, int from, int to, int first, int count, int stride,
                       double *restrict net_of, double *restrict supply, double *restrict demand) {
  const double *import_price = in->import_price + first, *export_price = in->export_price + first;
  for (int t = 0; t < count; t++) supply[t] = demand[t] = 0;
  for (int h = from; h < to; h++) {
    const columns *c = &in->column;
    const double *load = in->load + (size_t)in->profile[h] * in->steps + first;
    const double *solar = in->solar + (size_t)in->profile[h] * in->steps + first;
    const double load_scale = c->load_scale[h], solar_scale = c->solar_scale[h], capacity = c->capacity[h];
    const double limit = c->limit[h], charge = c->charge[h], per_charge = c->per_charge[h];
    const double discharge = c->discharge[h], per_discharge = c->per_discharge[h];
    const double min_soc = c->min_soc[h], max_soc = c->max_soc[h], standby = c->standby[h], kept = c->kept[h];
    const double calendar_fade = c->calendar_fade[h], fade_per_kwh = c->fade_per_kwh[h];
    double *row = net_of + (size_t)(h - from) * stride;
    double energy = in->energy[h], soh = in->soh[h];
    double load_usd = 0, lack_kwh = 0, lack_usd = 0, spare_kwh = 0, spare_usd = 0;
    double charged = 0, discharged = 0, standby_kwh = 0;
    double import_kwh = 0, import_usd = 0, export_kwh = 0, export_usd = 0;
    for (int t = 0; t < count; t++) {
      const double used = load[t] * load_scale, price = import_price[t];
      double net = solar[t] * solar_scale - used;
      load_usd += used * price;
      const double usable = capacity * soh, bottom = usable * min_soc;
      if (net > 0) {
        spare_kwh += net;
        spare_usd += net * export_price[t];
        double space = usable * max_soc - energy;
        if (space < 0) space = 0;
        double taken = space * per_charge;
        if (net < taken) taken = net;
        if (limit < taken) taken = limit;
        energy += taken * charge;
        charged += taken;
        net -= taken;
      } else {
        lack_kwh -= net;
        lack_usd -= net * price;
        double there = energy - bottom;
        if (there < 0) there = 0;
        double given = there * discharge;
        if (-net < given) given = -net;
        if (limit < given) given = limit;
        const double drawn = given * per_discharge;
        energy -= drawn;
        if (energy < 0) energy = 0;
        soh -= fade_per_kwh * drawn;
        discharged += given;
        net += given;
      }
      energy *= kept;
      double own = energy - bottom;
      if (own < 0) own = 0;
      if (standby < own) own = standby;
      energy -= own;
      const double lacking = standby - own;
      standby_kwh += lacking;
      net -= lacking;
      soh -= calendar_fade;
      if (soh < 0) soh = 0;
      const double most = capacity * soh;
      if (most < energy) energy = most;
      row[t] = net;
      if (net > 0) {
        export_kwh += net;
        export_usd += net * export_price[t];
        supply[t] += net;
      } else {
        import_kwh -= net;
        import_usd -= net * price;
        demand[t] -= net;
      }
    }
    in->energy[h] = energy;
    in->soh[h] = soh;
    in->sums[LOAD_USD][h] += load_usd;
    in->sums[LACK_KWH][h] += lack_kwh;
    in->sums[LACK_USD][h] += lack_usd;
    in->sums[SPARE_KWH][h] += spare_kwh;
    in->sums[SPARE_USD][h] += spare_usd;
    in->sums[CHARGED][h] += charged;
    in->sums[DISCHARGED][h] += discharged;
    in->sums[STANDBY][h] += standby_kwh;
    in->sums[IMPORT_KWH][h] += import_kwh;
    in->sums[IMPORT_USD][h] += import_usd;
    in->sums[EXPORT_KWH][h] += export_kwh;
    in->sums[EXPORT_USD][h] += export_usd;
  }
}

typedef struct { int from, to; } window;

/* The steps that hold all trade. */
static window clear_pro_rata(const input *in, int first, int count, const double *supply, const double *demand,
                             double *bought_share, double *sold_share) {
  window trade = { count, 0 };
  for (int t = 0; t < count; t++) {
    const double traded = supply[t] < demand[t] ? supply[t] : demand[t];
    const int trades = traded > 0 && in->open[first + t] != 0;
    bought_share[t] = trades ? traded / demand[t] : 0;
    sold_share[t] = trades ? traded / supply[t] : 0;
    if (!trades) continue;
    if (trade.to == 0) trade.from = t;
    trade.to = t + 1;
  }
  return trade;
}

static void trade_homes(const input *in, int from, int to, int first, window trade, int stride,
                        const double *restrict net_of, const double *restrict bought_share,
                        const double *restrict sold_share) {
  const double *import_price = in->import_price + first, *export_price = in->export_price + first;
  const double *peer_price = in->peer_price + first;
  for (int h = from; h < to; h++) {
    const double *row = net_of + (size_t)(h - from) * stride;
    double bought_kwh = 0, bought_usd = 0, avoided_usd = 0, sold_kwh = 0, sold_usd = 0, forgone_usd = 0;
    for (int t = trade.from; t < trade.to; t++) {
      const double net = row[t];
      if (net > 0) {
        const double sold = net * sold_share[t];
        sold_kwh += sold;
        sold_usd += sold * peer_price[t];
        forgone_usd += sold * export_price[t];
      } else {
        const double bought = -net * bought_share[t];
        bought_kwh += bought;
        bought_usd += bought * peer_price[t];
        avoided_usd += bought * import_price[t];
      }
    }
    in->sums[BOUGHT_KWH][h] += bought_kwh;
    in->sums[BOUGHT_USD][h] += bought_usd;
    in->sums[AVOIDED_USD][h] += avoided_usd;
    in->sums[SOLD_KWH][h] += sold_kwh;
    in->sums[SOLD_USD][h] += sold_usd;
    in->sums[FORGONE_USD][h] += forgone_usd;
  }
}

/* ---- time outside, homes inside: LANES homes at a time, so that what they hold stays in the nearest cache ---- */

static void step_lanes(const input *in, int from, int width, int first, int count,
                       double *restrict net_of, double *restrict supply, double *restrict demand) {
  const columns *c = &in->column;
  double energy[LANES], soh[LANES], sum[12][LANES];
  int profile[LANES];
  memset(sum, 0, sizeof sum);
  memcpy(energy, in->energy + from, width * sizeof(double));
  memcpy(soh, in->soh + from, width * sizeof(double));
  memcpy(profile, in->profile + from, width * sizeof(int));
  const double *load_scale = c->load_scale + from, *solar_scale = c->solar_scale + from;
  const double *capacity = c->capacity + from, *limit = c->limit + from, *charge = c->charge + from;
  const double *per_charge = c->per_charge + from, *discharge = c->discharge + from;
  const double *per_discharge = c->per_discharge + from, *min_soc = c->min_soc + from, *max_soc = c->max_soc + from;
  const double *standby = c->standby + from, *kept = c->kept + from;
  const double *calendar_fade = c->calendar_fade + from, *fade_per_kwh = c->fade_per_kwh + from;
  for (int t = 0; t < count; t++) {
    const double *load = in->load_rows + (size_t)(first + t) * in->profiles;
    const double *solar = in->solar_rows + (size_t)(first + t) * in->profiles;
    const double price = in->import_price[first + t], export_price = in->export_price[first + t];
    double *row = net_of + (size_t)t * LANES;
    double surplus_all = 0, deficit_all = 0;
#pragma omp simd reduction(+ : surplus_all, deficit_all)
    for (int k = 0; k < width; k++) {
      const double used = load[profile[k]] * load_scale[k];
      double net = solar[profile[k]] * solar_scale[k] - used;
      const double spare = net > 0 ? net : 0, lack = net > 0 ? 0 : -net;
      const double usable = capacity[k] * soh[k], bottom = usable * min_soc[k];
      double space = usable * max_soc[k] - energy[k];
      space = space < 0 ? 0 : space;
      double taken = space * per_charge[k];
      taken = spare < taken ? spare : taken;
      taken = limit[k] < taken ? limit[k] : taken;
      double there = energy[k] - bottom;
      there = there < 0 ? 0 : there;
      double given = there * discharge[k];
      given = lack < given ? lack : given;
      given = limit[k] < given ? limit[k] : given;
      const double drawn = given * per_discharge[k];
      double held = energy[k] + taken * charge[k] - drawn;
      held = (held < 0 ? 0 : held) * kept[k];
      double own = held - bottom;
      own = own < 0 ? 0 : own;
      own = standby[k] < own ? standby[k] : own;
      held -= own;
      const double lacking = standby[k] - own;
      net = net - taken + given - lacking;
      double health = soh[k] - fade_per_kwh[k] * drawn - calendar_fade[k];
      health = health < 0 ? 0 : health;
      const double most = capacity[k] * health;
      energy[k] = most < held ? most : held;
      soh[k] = health;
      sum[0][k] += used * price;
      sum[1][k] += lack;
      sum[2][k] += lack * price;
      sum[3][k] += spare;
      sum[4][k] += spare * export_price;
      sum[5][k] += taken;
      sum[6][k] += given;
      sum[7][k] += lacking;
      row[k] = net;
      const double surplus = net > 0 ? net : 0, deficit = net > 0 ? 0 : -net;
      sum[8][k] += deficit;
      sum[9][k] += deficit * price;
      sum[10][k] += surplus;
      sum[11][k] += surplus * export_price;
      surplus_all += surplus;
      deficit_all += deficit;
    }
    supply[t] += surplus_all;
    demand[t] += deficit_all;
  }
  memcpy(in->energy + from, energy, width * sizeof(double));
  memcpy(in->soh + from, soh, width * sizeof(double));
  for (int s = LOAD_USD; s <= EXPORT_USD; s++)
    for (int k = 0; k < width; k++) in->sums[s][from + k] += sum[s][k];
}

static void trade_lanes(const input *in, int from, int width, int first, window trade,
                        const double *restrict net_of, const double *bought_share, const double *sold_share) {
  double sum[6][LANES];
  memset(sum, 0, sizeof sum);
  for (int t = trade.from; t < trade.to; t++) {
    const double *row = net_of + (size_t)t * LANES;
    const double buys = bought_share[t], sells = sold_share[t], peer_price = in->peer_price[first + t];
    const double price = in->import_price[first + t], export_price = in->export_price[first + t];
#pragma omp simd
    for (int k = 0; k < width; k++) {
      const double bought = (row[k] > 0 ? 0 : -row[k]) * buys, sold = (row[k] > 0 ? row[k] : 0) * sells;
      sum[0][k] += bought;
      sum[1][k] += bought * peer_price;
      sum[2][k] += bought * price;
      sum[3][k] += sold;
      sum[4][k] += sold * peer_price;
      sum[5][k] += sold * export_price;
    }
  }
  for (int s = BOUGHT_KWH; s <= FORGONE_USD; s++)
    for (int k = 0; k < width; k++) in->sums[s][from + k] += sum[s - BOUGHT_KWH][k];
}

/* ---- a community's run ---- */

static void run_community(const input *in, int vector, int from, int to) {
  int stride = 0;
  for (int b = 0; b + 1 < in->blocks; b++) {
    const int length = in->block_start[b + 1] - in->block_start[b];
    if (length > stride) stride = length;
  }
  const int groups = (to - from + LANES - 1) / LANES;
  double *net = room(sizeof(double) * (size_t)(vector ? groups * LANES : to - from) * stride);
  double *step = room(sizeof(double) * 4 * stride);
  double *supply = step, *demand = step + stride, *bought = step + 2 * stride, *sold = step + 3 * stride;
  for (int b = 0; b + 1 < in->blocks; b++) {
    const int first = in->block_start[b], count = in->block_start[b + 1] - first;
    if (!vector) {
      step_homes(in, from, to, first, count, stride, net, supply, demand);
      const window trade = clear_pro_rata(in, first, count, supply, demand, bought, sold);
      trade_homes(in, from, to, first, trade, stride, net, bought, sold);
      continue;
    }
    for (int t = 0; t < count; t++) supply[t] = demand[t] = 0;
    for (int g = 0; g < groups; g++) {
      const int at = from + g * LANES, width = at + LANES > to ? to - at : LANES;
      step_lanes(in, at, width, first, count, net + (size_t)g * LANES * stride, supply, demand);
    }
    const window trade = clear_pro_rata(in, first, count, supply, demand, bought, sold);
    for (int g = 0; g < groups; g++) {
      const int at = from + g * LANES, width = at + LANES > to ? to - at : LANES;
      trade_lanes(in, at, width, first, trade, net + (size_t)g * LANES * stride, bought, sold);
    }
  }
  free(net);
  free(step);
}

typedef struct { const input *in; int vector, communities; atomic_int *next; } work;

static void *take_communities(void *given) {
  const work *all = given;
  for (;;) {
    const int at = atomic_fetch_add(all->next, 1);
    if (at >= all->communities) return NULL;
    const long homes = all->in->homes;
    run_community(all->in, all->vector, homes * at / all->communities, homes * (at + 1) / all->communities);
  }
}

/* ---- reading and printing ---- */

static const double *take(const double **at, size_t count) {
  const double *here = *at;
  *at += count;
  return here;
}

static input read_input(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) { perror(path); exit(1); }
  fseek(file, 0, SEEK_END);
  const long bytes = ftell(file);
  rewind(file);
  double *all = room(bytes);
  if (fread(all, 1, bytes, file) != (size_t)bytes) { perror(path); exit(1); }
  fclose(file);
  const double *at = all, *head = take(&at, 4);
  input in = { .homes = head[0], .steps = head[1], .profiles = head[2], .blocks = head[3] };
  in.block_start = room(sizeof(int) * in.blocks);
  const double *starts = take(&at, in.blocks);
  for (int b = 0; b < in.blocks; b++) in.block_start[b] = starts[b];
  in.profile = room(sizeof(int) * in.homes);
  const double *profile = take(&at, in.homes);
  for (int h = 0; h < in.homes; h++) in.profile[h] = profile[h];
  const double **column = (const double **)&in.column;
  for (int c = 0; c < COLUMNS; c++) column[c] = take(&at, in.homes);
  in.import_price = take(&at, in.steps);
  in.export_price = take(&at, in.steps);
  in.peer_price = take(&at, in.steps);
  in.open = room(in.steps);
  const double *open = take(&at, in.steps);
  for (int t = 0; t < in.steps; t++) in.open[t] = open[t] != 0;
  in.load = take(&at, (size_t)in.profiles * in.steps);
  in.solar = take(&at, (size_t)in.profiles * in.steps);
  if (at != all + bytes / sizeof(double)) { fprintf(stderr, "%s: wrong length\n", path); exit(1); }
  in.energy = room(sizeof(double) * in.homes);
  in.soh = room(sizeof(double) * in.homes);
  memcpy(in.energy, in.column.start, sizeof(double) * in.homes);
  for (int h = 0; h < in.homes; h++) in.soh[h] = 1;
  for (int s = 0; s < SUMS; s++) in.sums[s] = room(sizeof(double) * in.homes);
  return in;
}

static void transpose(input *in) {
  in->load_rows = room(sizeof(double) * (size_t)in->profiles * in->steps);
  in->solar_rows = room(sizeof(double) * (size_t)in->profiles * in->steps);
  for (int p = 0; p < in->profiles; p++)
    for (int t = 0; t < in->steps; t++) {
      in->load_rows[(size_t)t * in->profiles + p] = in->load[(size_t)p * in->steps + t];
      in->solar_rows[(size_t)t * in->profiles + p] = in->solar[(size_t)p * in->steps + t];
    }
}

static double total(const double *column, int homes) {
  double sum = 0;
  for (int h = 0; h < homes; h++) sum += column[h];
  return sum;
}

int main(int count, char **argument) {
  if (count != 5) { fputs("usage: kernel scalar|vector FILE COMMUNITIES THREADS\n", stderr); return 2; }
  const int vector = strcmp(argument[1], "vector") == 0, threads = atoi(argument[4]);
  input in = read_input(argument[2]);
  if (vector) transpose(&in);
  atomic_int next = 0;
  work all = { &in, vector, atoi(argument[3]), &next };
  pthread_t *others = room(sizeof(pthread_t) * threads);
  const double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
  for (int i = 1; i < threads; i++) pthread_create(&others[i], NULL, take_communities, &all);
  take_communities(&all);
  for (int i = 1; i < threads; i++) pthread_join(others[i], NULL);
  printf("{\"wallSeconds\":%.6f,", seconds(CLOCK_MONOTONIC) - wall);
  printf("\"cpuSeconds\":%.6f,\"totals\":[", seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
  for (int s = 0; s < SUMS; s++) printf("%.17g,", total(in.sums[s], in.homes));
  printf("%.17g,%.17g]}\n", total(in.energy, in.homes), total(in.soh, in.homes));
  return 0;
}
